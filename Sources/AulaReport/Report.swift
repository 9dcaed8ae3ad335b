/// What a command has to say, for people, for programs and for a chat or a wiki.
package protocol Report {
    var text: String { get }
    var json: String { get }
    var markdown: String { get }
}
