"""An OAuth 1.0 provider made of python3-oauthlib, for two clients and one user. Takes its settings as JSON in a file."""
import base64
import hashlib
import json
import sys
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit, parse_qs

from oauthlib.oauth1 import RequestValidator, SignatureOnlyEndpoint, WebApplicationServer

with open(sys.argv[1], encoding="utf-8") as file:
    settings = json.load(file)


class Validator(RequestValidator):
    enforce_ssl = False
    timestamp_lifetime = 10**10  # Judged in validate_timestamp_and_nonce, by this server's own clock.
    realms = []
    dummy_client = dummy_request_token = dummy_access_token = "x" * 24

    def __init__(self):
        super().__init__()
        self.offset = settings.get("clock_offset", 0)
        self.request_tokens, self.nonces = {}, set()
        self.access_tokens = {settings["token"]: settings["token_secret"]}

    def now(self):
        return time.time() + self.offset

    def get_client_secret(self, client_key, request):
        return settings["clients"].get(client_key, "none")

    def get_rsa_key(self, client_key, request):
        return settings["public_key"]

    def get_request_token_secret(self, client_key, token, request):
        return self.request_tokens.get(token, {}).get("oauth_token_secret", "none")

    def get_access_token_secret(self, client_key, token, request):
        return self.access_tokens.get(token, "none")

    def get_default_realms(self, client_key, request):
        return []

    def get_realms(self, token, request):
        return []

    def get_redirect_uri(self, token, request):
        return self.request_tokens[token]["callback"]

    def validate_client_key(self, client_key, request):
        return client_key in settings["clients"]

    def validate_request_token(self, client_key, token, request):
        return token in self.request_tokens

    def validate_access_token(self, client_key, token, request):
        return token in self.access_tokens

    def validate_timestamp_and_nonce(self, client_key, timestamp, nonce, request, request_token=None, access_token=None):
        if abs(self.now() - int(timestamp)) > 60 or nonce in self.nonces:
            return False
        self.nonces.add(nonce)
        return True

    def validate_redirect_uri(self, client_key, redirect_uri, request):
        return True

    def validate_requested_realms(self, client_key, realms, request):
        return True

    def validate_realms(self, client_key, token, request, uri=None, realms=None):
        return True

    def validate_verifier(self, client_key, token, verifier, request):
        return self.request_tokens.get(token, {}).get("verifier") == verifier

    def verify_request_token(self, token, request):
        return token in self.request_tokens

    def verify_realms(self, token, realms, request):
        return True

    def save_request_token(self, token, request):
        self.request_tokens[token["oauth_token"]] = dict(token, callback=request.redirect_uri)

    def save_verifier(self, token, verifier, request):
        self.request_tokens[token]["verifier"] = verifier["oauth_verifier"]

    def invalidate_request_token(self, client_key, request_token, request):
        self.request_tokens.pop(request_token, None)

    def save_access_token(self, token, request):
        self.access_tokens[token["oauth_token"]] = token["oauth_token_secret"]


validator = Validator()
server = WebApplicationServer(validator)
signature_only = SignatureOnlyEndpoint(validator)


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def date_time_string(self, timestamp=None):
        return super().date_time_string(validator.now() if timestamp is None else timestamp)

    def read_body(self):
        if self.headers.get("Transfer-Encoding") != "chunked":
            return self.rfile.read(int(self.headers.get("Content-Length") or 0))
        body = b""
        while size := int(self.rfile.readline(), 16):
            body += self.rfile.read(size)
            self.rfile.readline()
        self.rfile.readline()
        return body

    def answer(self):
        raw = self.read_body()
        path = urlsplit(self.path).path
        # As it stands in the request line: whatever decodes it first judges another signature.
        what = dict(uri=f"http://{self.headers['Host']}{self.path}", http_method=self.command, body=raw.decode("latin-1"), headers=dict(self.headers))
        if path == "/initiate":
            return self.say(*server.create_request_token_response(**what))
        if path == "/authorize":
            return self.say(*server.create_authorization_response(**what, realms=[]))
        if path == "/token":
            return self.say(*server.create_access_token_response(**what))
        if path == "/clock":
            validator.offset = int(parse_qs(urlsplit(self.path).query)["offset"][0])
            return self.say({}, "", 204)
        endpoint = signature_only.validate_request if path.startswith("/two-legged") else server.validate_protected_resource_request
        good, request = endpoint(**what)
        if not good:
            return self.say({"WWW-Authenticate": "OAuth"}, "no", 401)
        answer = {"name": "Alice", "method": self.command, "uri": what["uri"], "body": what["body"], "type": self.headers.get("Content-Type")}
        sent = dict(request.oauth_params)
        if "oauth_body_hash" in sent:
            digest = hashlib.new(sent["oauth_signature_method"].split("-")[1], raw).digest()
            answer["body_hash"] = base64.b64encode(digest).decode() == sent["oauth_body_hash"]
        return self.say({"Content-Type": "application/json"}, json.dumps(answer), 200)

    def say(self, headers, body, status):
        content = (body or "").encode()
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        if status != 204:
            self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = answer


ThreadingHTTPServer(("127.0.0.1", settings["port"]), Handler).serve_forever()
