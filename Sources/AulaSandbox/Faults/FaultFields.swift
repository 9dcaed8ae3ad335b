import AulaModel

/// A fault file that says something the sandbox does not understand.
package struct FaultScriptError: Error, Hashable, CustomStringConvertible {
    package let place: String
    package let message: String

    package var description: String { "faults: \(place): \(message)" }
}

/// The members of one object of a fault file, read by name and type.
struct FaultFields {
    let place: String
    private let members: JSONObject

    /// - Throws: for anything but an object, and for a member that is not `known`.
    init(_ json: JSON, at place: String, known: Set<String>) throws(FaultScriptError) {
        guard let members = json.object else {
            throw FaultScriptError(place: place, message: "must be a mapping")
        }
        if let stranger = members.keys.first(where: { !known.contains($0) }) {
            let names = known.sorted().joined(separator: ", ")
            throw FaultScriptError(place: place, message: "unknown key '\(stranger)'; known here: \(names)")
        }
        self.place = place
        self.members = members
    }

    func wrong(_ name: String, _ wanted: String) -> FaultScriptError {
        FaultScriptError(place: "\(place).\(name)", message: "must be \(wanted)")
    }

    /// The member as it is; nil where it is absent or null.
    func value(_ name: String) -> JSON? {
        members[name].flatMap { $0.isNull ? nil : $0 }
    }

    func string(_ name: String) throws(FaultScriptError) -> String? {
        try read(name, "text") { $0.string }
    }

    func bool(_ name: String) throws(FaultScriptError) -> Bool? {
        try read(name, "true or false") { $0.bool }
    }

    func list(_ name: String) throws(FaultScriptError) -> [JSON]? {
        try read(name, "a list") { $0.array }
    }

    func object(_ name: String) throws(FaultScriptError) -> JSONObject? {
        try read(name, "a mapping") { $0.object }
    }

    /// One text or a list of texts.
    func strings(_ name: String) throws(FaultScriptError) -> [String]? {
        try read(name, "text or a list of texts") { value in
            if let one = value.string { return [one] }
            guard let list = value.array else { return nil }
            let texts = list.compactMap(\.string)
            return texts.count == list.count ? texts : nil
        }
    }

    /// A whole number from 0.
    func count(_ name: String) throws(FaultScriptError) -> Int? {
        try read(name, "a whole number, not negative") { value in value.int.flatMap { $0 >= 0 ? $0 : nil } }
    }

    func seconds(_ name: String) throws(FaultScriptError) -> Double? {
        try read(name, "a number of seconds, at most 3600") { value in
            let number: Double? =
                switch value {
                case .int(let whole): Double(whole)
                case .double(let fraction): fraction
                default: nil
                }
            return number.flatMap { (0...3600).contains($0) ? $0 : nil }
        }
    }

    private func read<Value>(
        _ name: String, _ wanted: String, as convert: (JSON) -> Value?
    ) throws(FaultScriptError) -> Value? {
        guard let member = value(name) else { return nil }
        guard let converted = convert(member) else { throw wrong(name, wanted) }
        return converted
    }
}
