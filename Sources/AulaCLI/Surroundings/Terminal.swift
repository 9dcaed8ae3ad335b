/// The three streams of a command, and what is known about where they lead.
struct Terminal: Sendable {
    enum Stream: Sendable {
        /// Results.
        case output
        /// Everything else.
        case error
    }

    /// A stream that ends on a screen.
    struct Screen: Sendable {
        /// Nil where the screen does not tell.
        var columns: Int?
    }

    /// Writes exactly these characters; throws where they cannot arrive.
    var write: @Sendable (String, Stream) throws -> Void
    /// Nil for a file or a pipe.
    var screen: @Sendable (Stream) -> Screen?
    /// Whether somebody sits there who can answer.
    var isInteractive: Bool
    /// One line of an answer; nil at the end of input.
    var readLine: @Sendable () -> String?
}
