package import AulaModel

/// A key of the cohort file whose value is read as a `Value`: declared once, for reading, schema, `explain` and reference.
struct Key<Value>: Sendable {
    let declaration: KeyDeclaration

    var name: String { declaration.name }

    private init(_ name: String, _ type: ValueType, _ standard: Standard, _ meaning: String, _ example: String) {
        declaration = KeyDeclaration(name: name, type: type, standard: standard, meaning: meaning, example: example)
    }
}

/// What a file gets that does not write the key.
package enum Standard: Sendable {
    case required
    case none
    /// This very value, which reading takes from here.
    case value(JSON)
    /// A value that is made of others, in words.
    case derived(String)
}

/// What is known of a key beside where it stands.
package struct KeyDeclaration: Sendable {
    package let name: String
    package let type: ValueType
    package let standard: Standard
    /// A sentence or more, with code between backquotes.
    package let meaning: String
    /// A right value in YAML, on one line.
    package let example: String
}

extension Key where Value == Int {
    static func whole(
        _ name: String, _ range: ClosedRange<Int>, _ standard: Standard, _ meaning: String, example: String
    ) -> Key { Key(name, .whole(range), standard, meaning, example) }
}

extension Key where Value == Bool {
    static func flag(_ name: String, _ standard: Standard, _ meaning: String, example: String) -> Key {
        Key(name, .flag, standard, meaning, example)
    }
}

extension Key where Value == String {
    static func text(_ name: String, _ standard: Standard, _ meaning: String, example: String) -> Key {
        Key(name, .text(nil), standard, meaning, example)
    }

    static func text(
        _ name: String, _ form: Form, _ standard: Standard, _ meaning: String, example: String
    ) -> Key { Key(name, .text(form), standard, meaning, example) }
}

extension Key where Value == Day {
    static func day(_ name: String, _ standard: Standard, _ meaning: String, example: String) -> Key {
        Key(name, .day, standard, meaning, example)
    }
}

extension Key where Value: RawRepresentable & CaseIterable, Value.RawValue == String {
    static func choice(_ name: String, _ standard: Standard, _ meaning: String, example: String) -> Key {
        Key(name, .choice(Value.allCases.map(\.rawValue)), standard, meaning, example)
    }
}

/// A value that has parts of its own: its reader goes on with them.
enum Parts {}

extension Key where Value == Parts {
    static func parts(
        _ name: String, _ type: ValueType, _ standard: Standard, _ meaning: String, example: String
    ) -> Key { Key(name, type, standard, meaning, example) }
}
