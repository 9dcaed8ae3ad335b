import AulaEngine
import AulaModel
import AulaTestSupport
import Synchronization
import Testing

@testable import AulaReport

@Suite struct ProgressPrinterTests {
    private func play(_ style: Style, groups: Int = 3) -> Recorder {
        let run = Sample.run(groups: groups)
        let recorder = Recorder()
        let printer = ProgressPrinter(run.plan, style: style, elapsed: { recorder.now }, write: recorder.write)
        for (at, event) in run.events {
            recorder.set(at)
            printer.handle(event)
        }
        return recorder
    }

    @Test func `without a terminal there is a line for each finished part`() throws {
        let recorder = play(.plain)
        #expect(!recorder.text.contains("\u{1B}"))
        try expectGolden(recorder.text, "progress-plain.txt")
    }

    @Test func `many groups do not make many lines`() {
        #expect(play(.plain, groups: 200).lines.count < 40)
    }

    @Test func `a terminal ends with what stays and nothing else`() throws {
        let style = Style(color: false, width: 80, live: true)
        let screen = Screen(play(style).text)
        try expectGolden(screen.text, "progress-screen.txt")
    }

    @Test(arguments: [60, 80, 200])
    func `the picture fits the terminal in the middle of a run`(width: Int) throws {
        let run = Sample.run()
        var progress = RunProgress(run.plan)
        for (at, event) in run.events.prefix(5) { _ = progress.take(event, at: at) }
        for change in run.plan.changes.dropFirst(10).prefix(7) { _ = progress.take(.started(change), at: .seconds(50)) }
        let picture = LivePicture(style: Style(color: false, width: width, live: true))
            .lines(progress, at: .seconds(72))
        for line in picture { #expect(PlainText.width(line) <= width) }
        try expectGolden(picture.joined(separator: "\n") + "\n", "progress-picture-\(width).txt")
    }

    @Test func `a step that waits is not named again and again`() {
        let plan = Sample.firstApply(groups: 1)
        var progress = RunProgress(plan)
        let address = plan.changes[1].address
        let said = (0..<100).flatMap { progress.take(.progress(address, "Creating"), at: .seconds($0)) }
        #expect(said.count == 4)
    }

    @Test func `the picture goes when it is cleared and comes back with the next event`() {
        let run = Sample.run()
        let recorder = Recorder()
        let style = Style(color: false, width: 80, live: true)
        let printer = ProgressPrinter(run.plan, style: style, elapsed: { recorder.now }, write: recorder.write)
        printer.handle(.started(run.plan.changes[0]))
        #expect(Screen(recorder.text).text.contains("resourceGroup"))
        printer.clear()
        #expect(Screen(recorder.text).text.isEmpty)
        recorder.set(.seconds(2))
        printer.tick()
        #expect(Screen(recorder.text).text.contains("2 s"))
    }

    @Test func `a window that is made narrower while a run goes on keeps no stale line`() {
        let run = Sample.run()
        let recorder = Recorder()
        let columns = Mutex(80)
        let style = Style(color: false, width: 80, live: true)
        let printer = ProgressPrinter(
            run.plan, style: style, columns: { columns.withLock { $0 } }, elapsed: { recorder.now },
            write: recorder.write)
        printer.handle(.started(run.plan.changes[0]))
        let drawn = recorder.text.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
        columns.withLock { $0 = 25 }
        let rows = drawn.reduce(0) { $0 + max(1, ($1.count + 24) / 25) }
        #expect(rows > drawn.count, "some line takes more rows now")
        let before = recorder.text.count
        recorder.set(.seconds(2))
        printer.tick()
        let second = String(recorder.text.dropFirst(before))
        #expect(second.hasPrefix("\u{1B}[\(rows)A\r"), "\(second.debugDescription)")
        let lines = second.split(separator: "\n").dropFirst()
        #expect(lines.allSatisfy { PlainText.width($0) <= 25 }, "\(lines)")
    }

    @Test func `a retry is one line and does not repeat the address`() {
        let plan = Sample.firstApply(groups: 1)
        var progress = RunProgress(plan)
        let address = plan.changes[1].address
        let said = progress.take(
            .retrying(address, reason: "\(address): the server\nis busy", after: .seconds(2)), at: .zero)
        #expect(said.map { $0.text(.plain) } == ["  \(address): trying again in 2 s: the server is busy"])
    }

    @Test func `an interruption says what is still under way`() {
        var progress = RunProgress(Sample.firstApply())
        _ = progress.take(.started(Sample.firstApply().changes[0]), at: .zero)
        let lines = progress.take(.interrupted, at: .seconds(1)).map { $0.text(.plain) }
        #expect(lines == ["Interrupted: nothing new is started; 1 step under way will be finished first."])
    }
}

/// What a terminal shows after some text: as much of one as the picture needs.
private struct Screen {
    private(set) var rows: [String] = [""]

    init(_ text: String) {
        var rest = text[...]
        while let character = rest.first {
            rest = rest.dropFirst()
            switch character {
            case "\n": rows.append("")
            case "\r": rows[rows.count - 1] = ""
            case "\u{1B}":
                let body = rest.dropFirst().prefix { !$0.isLetter }
                let command = rest.dropFirst(1 + body.count).first
                rest = rest.dropFirst(2 + body.count)
                if command == "A", let count = Int(body) { rows.removeLast(min(count, rows.count - 1)) }
            default: rows[rows.count - 1].append(character)
            }
        }
    }

    var text: String { rows.joined(separator: "\n") }
}
