import Foundation
import ServiceLifecycle

/// Returns when standard input is closed, which ends a sandbox together with the program that started it.
///
/// The kernel closes a program's end of a pipe however the program ended, also where it was killed and could say nothing.
struct EndOfInput: Service {
    func run() async throws {
        let (input, ended) = AsyncStream<Never>.makeStream()
        // A thread of its own, because it sleeps in the read. What is written there means nothing.
        Thread.detachNewThread {
            while let data = try? FileHandle.standardInput.read(upToCount: 4_096), !data.isEmpty {}
            ended.finish()
        }
        await cancelWhenGracefulShutdown {
            for await _ in input {}
        }
    }
}
