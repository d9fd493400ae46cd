// Checks notes and proofs with golang.org/x/mod/sumdb, which shares no line with this package. One JSON object a line
// in, one a line out: {"error": ""} when the thing is true.
package main

import (
	"bufio"
	"bytes"
	"crypto/ed25519"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

type question struct {
	Do       string
	Note     string
	Keys     []string
	Text     string
	Name     string
	Size     int64
	Index    int64
	From     int64
	Root     string
	FromRoot string
	Leaf     string
	Path     []string
}

type answer struct {
	Error string `json:"error"`
	Note  string `json:"note,omitempty"`
	Key   string `json:"key,omitempty"`
	Count int    `json:"count"`
}

func main() {
	in := bufio.NewScanner(os.Stdin)
	in.Buffer(nil, 1<<24)
	out := json.NewEncoder(os.Stdout)
	for in.Scan() {
		var asked question
		var said answer
		err := json.Unmarshal(in.Bytes(), &asked)
		if err == nil {
			said, err = ask(asked)
		}
		if err != nil {
			said.Error = err.Error()
		}
		out.Encode(said)
	}
}

func ask(q question) (said answer, err error) {
	defer func() {
		if broken := recover(); broken != nil {
			err = fmt.Errorf("panic: %v", broken)
		}
	}()
	switch q.Do {
	case "open":
		return open(q)
	case "sign":
		return sign(q)
	case "inclusion":
		return said, inclusion(q)
	case "consistency":
		return said, consistency(q)
	}
	return said, errors.New("unknown question")
}

// open verifies a signed checkpoint by all of the keys, and that its text is the tree head asked about.
func open(q question) (answer, error) {
	var verifiers []note.Verifier
	for _, key := range q.Keys {
		verifier, err := newVerifier(key)
		if err != nil {
			return answer{}, err
		}
		verifiers = append(verifiers, verifier)
	}
	opened, err := note.Open([]byte(q.Note), note.VerifierList(verifiers...))
	if err != nil {
		return answer{}, err
	}
	lines := strings.Split(opened.Text, "\n")
	if len(lines) != 4 || lines[1] != fmt.Sprint(q.Size) || lines[2] != q.Root {
		return answer{}, fmt.Errorf("another tree head: %q", opened.Text)
	}
	return answer{Count: len(opened.Sigs)}, nil
}

func sign(q question) (answer, error) {
	secret, public, err := note.GenerateKey(rand.Reader, q.Name)
	if err != nil {
		return answer{}, err
	}
	signer, err := note.NewSigner(secret)
	if err != nil {
		return answer{}, err
	}
	signed, err := note.Sign(&note.Note{Text: q.Text}, signer)
	return answer{Note: string(signed), Key: public}, err
}

func inclusion(q question) error {
	root, err := tlog.ParseHash(q.Root)
	if err != nil {
		return err
	}
	leaf, err := base64.StdEncoding.DecodeString(q.Leaf)
	if err != nil {
		return err
	}
	path, err := hashes(q.Path)
	if err != nil {
		return err
	}
	return tlog.CheckRecord(tlog.RecordProof(path), q.Size, root, q.Index, tlog.RecordHash(leaf))
}

func consistency(q question) error {
	root, err := tlog.ParseHash(q.Root)
	if err != nil {
		return err
	}
	fromRoot, err := tlog.ParseHash(q.FromRoot)
	if err != nil {
		return err
	}
	path, err := hashes(q.Path)
	if err != nil {
		return err
	}
	return tlog.CheckTree(tlog.TreeProof(path), q.Size, root, q.From, fromRoot)
}

func hashes(texts []string) ([]tlog.Hash, error) {
	var parsed []tlog.Hash
	for _, text := range texts {
		hash, err := tlog.ParseHash(text)
		if err != nil {
			return nil, err
		}
		parsed = append(parsed, hash)
	}
	return parsed, nil
}

// newVerifier knows Ed25519 keys through x/mod, and cosigners by the text of C2SP tlog-cosignature.
func newVerifier(vkey string) (note.Verifier, error) {
	parts := strings.SplitN(vkey, "+", 3)
	if len(parts) != 3 {
		return nil, errors.New("malformed key")
	}
	key, err := base64.StdEncoding.DecodeString(parts[2])
	if err != nil {
		return nil, err
	}
	if len(key) != 33 || key[0] != 4 {
		return note.NewVerifier(vkey)
	}
	hash := sha256.Sum256(append([]byte(parts[0]+"\n"), key...))
	id := binary.BigEndian.Uint32(hash[:])
	if fmt.Sprintf("%08x", id) != parts[1] {
		return nil, errors.New("malformed key")
	}
	return &cosigner{parts[0], id, ed25519.PublicKey(key[1:])}, nil
}

type cosigner struct {
	name string
	hash uint32
	key  ed25519.PublicKey
}

func (c *cosigner) Name() string    { return c.name }
func (c *cosigner) KeyHash() uint32 { return c.hash }

func (c *cosigner) Verify(text, signature []byte) bool {
	if len(signature) != 8+ed25519.SignatureSize {
		return false
	}
	var message bytes.Buffer
	fmt.Fprintf(&message, "cosignature/v1\ntime %d\n", binary.BigEndian.Uint64(signature))
	message.Write(text)
	return ed25519.Verify(c.key, message.Bytes(), signature[8:])
}
