/// What a report says, without how it looks: each output format renders it in its own way.
package struct Document: Sendable {
    package var title: String
    package var blocks: [Block]

    /// - Parameters:
    ///   - title: what the whole is called where a format needs that, as a page does; not part of the text.
    ///   - blocks: from top to bottom.
    package init(title: String, _ blocks: [Block]) {
        self.title = title
        self.blocks = blocks
    }

    /// What people see: no list and no table without anything in it.
    var shown: [Block] {
        blocks.filter { block in
            switch block {
            case .list(let items): !items.isEmpty
            case .table(let grid): !grid.rows.isEmpty
            case .heading, .paragraph, .alert, .lines: true
            }
        }
    }

    /// One part of a document.
    package enum Block: Sendable {
        /// The sum of it all.
        case heading(Line)
        case paragraph(Line)
        case list([Line])
        case table(Grid)
        /// What must not be overlooked, with what it is about.
        case alert(Line, [Line])
        /// Lines as they are, folded away under a summary.
        case lines(summary: String, [String])
    }

    package var tables: [Grid] {
        blocks.compactMap { if case .table(let grid) = $0 { grid } else { nil } }
    }

    /// A line of text in pieces.
    package struct Line: Sendable, ExpressibleByStringLiteral, ExpressibleByStringInterpolation {
        package enum Piece: Sendable {
            case text(String)
            case strong(String)
            /// An address, a file, a command.
            case code(String)
            case lineBreak
        }

        package var pieces: [Piece]

        package init(_ pieces: [Piece]) { self.pieces = pieces }
        package init(_ text: String) { pieces = [.text(text)] }
        package init(stringLiteral value: String) { pieces = [.text(value)] }
        package static func strong(_ text: String) -> Line { Line([.strong(text)]) }
        package static func code(_ text: String) -> Line { Line([.code(text)]) }
        package static func + (left: Line, right: Line) -> Line { Line(left.pieces + right.pieces) }
    }

    /// Rows in columns.
    package struct Grid: Sendable {
        package struct Column: Sendable {
            /// What people read; nil for a column that only programs get.
            package var title: String?
            /// What programs call it, as in JSON; nil for a column that only people get.
            package var key: String?
            package var alignsRight: Bool

            package init(_ title: String?, key: String? = nil, alignsRight: Bool = false) {
                self.title = title
                self.key = key
                self.alignsRight = alignsRight
            }
        }

        /// One value, as people write it and as programs do.
        package struct Cell: Sendable, ExpressibleByStringLiteral, ExpressibleByStringInterpolation {
            package var text: String
            package var value: String

            package init(_ text: String, value: String? = nil) {
                self.text = text
                self.value = value ?? text
            }

            package init(stringLiteral value: String) { self.init(value) }
        }

        package var columns: [Column]
        package var rows: [[Cell]]

        package init(_ columns: [Column], _ rows: [[Cell]]) {
            self.columns = columns
            self.rows = rows
        }
    }
}
