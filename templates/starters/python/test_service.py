import threading
import unittest
import urllib.request

import service


class ServiceTest(unittest.TestCase):
    def setUp(self):
        self.server = service.server(0)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def tearDown(self):
        self.server.shutdown()
        self.server.server_close()

    def get(self, path):
        with urllib.request.urlopen(f"http://127.0.0.1:{self.server.server_port}{path}", timeout=5) as answer:
            return answer.status, answer.read().decode()

    def test_it_is_well(self):
        self.assertEqual(self.get("/health"), (200, "ok\n"))

    def test_it_says_its_version(self):
        self.assertIn(service.VERSION, self.get("/")[1])


if __name__ == "__main__":
    unittest.main()
