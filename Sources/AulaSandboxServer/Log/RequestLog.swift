import AulaModel
import Foundation
import Synchronization

/// The file `requests.jsonl`: one line per request, in the order of the answers, written at once.
package final class RequestLog: Sendable {
    private let file: Mutex<FileHandle>

    /// Goes on at the end of the folder's log.
    init(in folder: StateFolder) throws {
        let path = folder["requests.jsonl"].path
        let descriptor = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw SandboxError("cannot open \(path)") }
        file = Mutex(FileHandle(fileDescriptor: descriptor, closeOnDealloc: true))
    }

    func write(_ line: RequestLine) {
        let data = Data((line.json.text + "\n").utf8)
        file.withLock { try? $0.write(contentsOf: data) }
    }
}
