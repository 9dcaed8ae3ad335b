/// A file's path as the user typed it, and its text: the disk is read once, before anything else happens.
package struct SourceFile: Hashable, Sendable {
    package var path: String
    package var text: String

    package init(path: String, text: String) {
        self.path = path
        self.text = text
    }
}
