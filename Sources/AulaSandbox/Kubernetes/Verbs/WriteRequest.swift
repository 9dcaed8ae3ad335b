import AulaModel
import AulaYAML
import Foundation

/// How strictly a write treats fields that the schema does not have.
enum FieldValidation: String, Sendable {
    case ignore = "Ignore"
    case warn = "Warn"
    case strict = "Strict"
}

/// A write as its query and headers ask for it.
struct WriteRequest: Sendable {
    let target: RequestTarget
    let user: User
    let manager: String
    let validation: FieldValidation
    let isForced: Bool
    var warnings: [String] = []

    init(_ request: SandboxRequest, _ target: RequestTarget, _ user: User) {
        self.target = target
        self.user = user
        // Without a name the writer is what its User-Agent says before the slash.
        let agent = request.headers["user-agent"]?.split(separator: "/").first.map(String.init)
        manager = request.parameter("fieldManager") ?? agent ?? "unknown"
        validation = request.parameter("fieldValidation").flatMap(FieldValidation.init) ?? .warn
        isForced = request.parameter("force") == "true"
    }

    /// A write by a controller.
    init(_ target: RequestTarget, manager: String) {
        self.target = target
        self.manager = manager
        user = .admin
        validation = .ignore
        isForced = true
    }

    func writer(isApply: Bool) -> ManagedFields.Writer {
        ManagedFields.Writer(
            manager: manager, isApply: isApply, apiVersion: target.kind.apiVersion, subresource: target.subresource)
    }

    /// Reads a body by what it begins like: protobuf, JSON, or else YAML.
    static func decode(_ body: Data) throws(APIStatus) -> JSON {
        do {
            if body.starts(with: ProtobufBody.magic) { return try ProtobufBody.decode(body) }
            if body.first(where: { $0 > 32 }) == UInt8(ascii: "{") || body.first == UInt8(ascii: "[") {
                return try JSON(parsing: body)
            }
            let file = SourceFile(path: "body", text: String(decoding: body, as: UTF8.self))
            let (root, problems) = YAML.document(in: file)
            guard problems.isEmpty else { throw DiagnosticError(problems) }
            return root.map { JSON($0, .manifest) } ?? .null
        } catch {
            throw .badRequest("the body of the request cannot be read: \(error)")
        }
    }

    /// Sees to fields that the schema does not have or that came twice, and refuses values of another type.
    ///
    /// `isPatch`: the object is what a patch made; the server then refuses it as an invalid patch.
    mutating func check(_ object: JSON, text: Data = Data(), isPatch: Bool = false) throws(APIStatus) {
        guard let type = target.kind.type else { return }
        let kind = target.kind
        func refusal(_ why: String) -> APIStatus {
            if isPatch { return .invalidPatch(object, why) }
            return .badRequest(
                "\(kind.name) in version \"\(kind.version)\" cannot be handled as a \(kind.name): \(why)")
        }
        var unknown: [String] = []
        if validation != .ignore, text.first == UInt8(ascii: "{") {
            unknown = DuplicateKeys(in: text).paths.map { "duplicate field \"\($0)\"" }
        }
        for problem in Typing(object, type).problems {
            switch problem.reason {
            case .unknownField: unknown.append("unknown field \"\(problem.plainPath)\"")
            // What is custom is read without types, and its own schema refuses it later, with a 422.
            case .wrongType where kind.isCustom && !problem.plainPath.hasPrefix("metadata"): continue
            case .wrongType(let expected, let found):
                throw refusal(
                    "json: cannot unmarshal \(found) into Go struct field \(kind.name).\(problem.goPath) of type "
                        + expected)
            case .duplicateKey: continue
            }
        }
        guard !unknown.isEmpty else { return }
        switch validation {
        case .ignore: break
        case .warn: warnings += unknown
        case .strict: throw refusal("strict decoding error: " + unknown.joined(separator: ", "))
        }
    }

    var warningHeaders: [(name: String, value: String)] {
        warnings.map { ("Warning", "299 - " + JSON.string($0).text) }
    }
}
