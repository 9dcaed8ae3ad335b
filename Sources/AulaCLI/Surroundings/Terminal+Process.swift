import Foundation

extension Terminal {
    /// This process's own streams.
    static var process: Terminal {
        Terminal(
            write: { text, stream in
                try (stream == .output ? FileHandle.standardOutput : .standardError)
                    .write(contentsOf: Data(text.utf8))
            },
            screen: { stream in
                let descriptor: Int32 = stream == .output ? 1 : 2
                return isatty(descriptor) == 1 ? Screen(columns: columns(of: descriptor)) : nil
            },
            isInteractive: isatty(0) == 1 && isatty(2) == 1,
            readLine: { Swift.readLine() })
    }

    private static func columns(of descriptor: Int32) -> Int? {
        var size = winsize()
        guard ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return nil }
        return Int(size.ws_col)
    }
}
