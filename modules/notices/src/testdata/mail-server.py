"""A real SMTP server (Debian's python3-aiosmtpd) on 127.0.0.1 that prints what it is given, one JSON object a line.

First the port, then each message as Python's own parser reads it. Its settings are JSON, as the only argument:
port (0: any free one), tls (none, starttls, implicit), cert, key, user, pass, answer (instead of 250), stall (seconds).
"""

import asyncio
import json
import ssl
import sys
from email import message_from_bytes
from email.policy import default

from aiosmtpd.smtp import SMTP, AuthResult

settings = json.loads(sys.argv[1])


def say(what):
    print(json.dumps(what), flush=True)


class Handler:
    async def handle_DATA(self, server, session, envelope):
        await asyncio.sleep(settings.get("stall", 0))
        message = message_from_bytes(envelope.content, policy=default)
        part = lambda kind: message.get_body(preferencelist=(kind,)).get_content()
        if settings.get("answer"):
            return settings["answer"]
        say(
            {
                "to": envelope.rcpt_tos,
                "from": envelope.mail_from,
                "encrypted": server.transport.get_extra_info("ssl_object") is not None,
                "headers": {name.lower(): str(value) for name, value in message.items()},
                "text": part("plain"),
                "html": part("html"),
                "raw": envelope.content.decode("latin-1"),
            }
        )
        return "250 Motteken"


def authenticate(server, session, envelope, mechanism, data):
    right = data.login.decode() == settings["user"] and data.password.decode() == settings["pass"]
    return AuthResult(success=right, handled=False)


def protocol(context):
    with_user = {"authenticator": authenticate, "auth_required": True, "auth_require_tls": False}
    return SMTP(
        Handler(),
        hostname="mail.example.org",
        tls_context=context if settings["tls"] == "starttls" else None,
        **(with_user if settings.get("user") else {}),
    )


async def main():
    context = None
    if settings["tls"] != "none":
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(settings["cert"], settings["key"])
    server = await asyncio.get_running_loop().create_server(
        lambda: protocol(context),
        "127.0.0.1",
        settings.get("port", 0),
        ssl=context if settings["tls"] == "implicit" else None,
    )
    say({"port": server.sockets[0].getsockname()[1]})
    await server.serve_forever()


asyncio.run(main())
