"""A tiny service: /health says that it is well, every other path says which version runs."""

import os
import pathlib
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

VERSION = pathlib.Path(__file__).with_name("VERSION.txt").read_text().strip()


class Service(BaseHTTPRequestHandler):
    def do_GET(self):
        text = "ok\n" if self.path == "/health" else f"Hello, this is version {VERSION}.\n"
        body = text.encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/plain; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format, *arguments):
        # Probes ask every few seconds.
        if self.path != "/health":
            super().log_message(format, *arguments)


def server(port):
    return ThreadingHTTPServer(("", port), Service)


if __name__ == "__main__":
    server(int(os.environ.get("PORT", "8080"))).serve_forever()
