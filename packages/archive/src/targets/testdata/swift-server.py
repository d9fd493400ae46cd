"""OpenStack Swift in one process on loopback: proxy with its S3 API, and one server each for accounts, containers and
objects, over a folder on a file system with extended attributes. Says the proxy's port once all of them listen.

usage: swift-server.py FOLDER SECRET_KEY

The access key is test:tester.
"""
import logging
import os
import sys

import eventlet

eventlet.monkey_patch()
from eventlet import wsgi  # noqa: E402
from swift.common import utils  # noqa: E402

utils.logs_user_id = None
folder, secret = sys.argv[1:]
config = os.path.join(folder, "etc")
devices = os.path.join(folder, "devices")
os.makedirs(config)
os.makedirs(os.path.join(devices, "disk"))

with open(os.path.join(config, "swift.conf"), "w") as file:
    file.write("[swift-hash]\nswift_hash_path_suffix = test\n[storage-policy:0]\nname = one\ndefault = yes\n")

from swift.common import storage_policy  # noqa: E402

utils.SWIFT_CONF_FILE = os.path.join(config, "swift.conf")
storage_policy.SWIFT_CONF_FILE = utils.SWIFT_CONF_FILE
utils.validate_hash_conf()
storage_policy.reload_storage_policies()

from swift.common.ring import RingBuilder  # noqa: E402

listeners = {kind: eventlet.listen(("127.0.0.1", 0)) for kind in ("account", "container", "object", "proxy")}
ports = {kind: listener.getsockname()[1] for kind, listener in listeners.items()}
for kind in ("account", "container", "object"):
    builder = RingBuilder(2, 1, 1)
    device = {"region": 1, "zone": 1, "ip": "127.0.0.1", "port": ports[kind], "device": "disk", "weight": 1}
    builder.add_dev(device)
    builder.rebalance()
    builder.get_ring().save(os.path.join(config, kind + ".ring.gz"))

settings = {
    "devices": devices,
    "swift_dir": config,
    "mount_check": "false",
    "workers": "0",
    "log_level": "ERROR",
    "hash_path_suffix": "test",
    "allow_account_management": "true",
}

from swift.account.server import AccountController  # noqa: E402
from swift.container.server import ContainerController  # noqa: E402
from swift.obj.server import ObjectController  # noqa: E402
from paste.deploy import loadapp  # noqa: E402

with open(os.path.join(config, "proxy.conf"), "w") as file:
    file.write(
        f"""[DEFAULT]
swift_dir = {config}
log_level = ERROR
[pipeline:main]
pipeline = catch_errors gatekeeper listing_formats bulk s3api tempauth slo versioned_writes proxy-server
[app:proxy-server]
use = egg:swift#proxy
account_autocreate = true
[filter:tempauth]
use = egg:swift#tempauth
user_test_tester = {secret} .admin
[filter:s3api]
use = egg:swift#s3api
location = eu-north-1
max_bucket_listing = 5
min_segment_size = 1
allow_multipart_uploads = true
storage_domain = localhost
[filter:catch_errors]
use = egg:swift#catch_errors
[filter:gatekeeper]
use = egg:swift#gatekeeper
[filter:listing_formats]
use = egg:swift#listing_formats
[filter:bulk]
use = egg:swift#bulk
[filter:slo]
use = egg:swift#slo
min_segment_size = 1
[filter:versioned_writes]
use = egg:swift#versioned_writes
"""
    )



class Cache:
    """In place of memcached."""

    def __init__(self):
        self.kept = {}

    def get(self, key, **_):
        return self.kept.get(key)

    def set(self, key, value, **_):
        self.kept[key] = value

    def incr(self, key, delta=1, **_):
        self.kept[key] = self.kept.get(key, 0) + delta
        return self.kept[key]

    def delete(self, key, **_):
        self.kept.pop(key, None)


cache = Cache()
proxy = loadapp("config:" + os.path.join(config, "proxy.conf"), name="main")


def cached(environ, start):
    environ["swift.cache"] = cache
    return proxy(environ, start)


applications = {
    "account": AccountController(settings),
    "container": ContainerController(settings),
    "object": ObjectController(settings),
    "proxy": cached,
}
quiet = logging.getLogger("quiet")
quiet.addHandler(logging.NullHandler())
quiet.propagate = False
for kind, application in applications.items():
    eventlet.spawn(wsgi.server, listeners[kind], application, quiet, log_output=False)
print(ports["proxy"], flush=True)
# Ends with the one that started it.
eventlet.tpool.execute(sys.stdin.read)
