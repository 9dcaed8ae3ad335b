import AulaModel
import Foundation

/// Reads the API's protobuf bodies: an envelope that names the type, and the object's fields by number.
struct ProtobufBody {
    /// A message that ends too early, or a field that the table of numbers does not have.
    enum Failure: Error, CustomStringConvertible {
        case truncated
        case unknownField(String, type: String)
        case unknownType(String)

        var description: String {
            switch self {
            case .truncated: "the protobuf body ends too early"
            case .unknownField(let number, let type): "field \(number) of \(type) is not known in protobuf; send JSON"
            case .unknownType(let name): "\(name) is not known in protobuf; send JSON"
            }
        }
    }

    private enum Value {
        case number(UInt64)
        case bytes(Data)
    }

    /// What every protobuf body of the API begins with.
    static let magic = Data([0x6b, 0x38, 0x73, 0x00])

    /// The object in the envelope, with its `apiVersion` and `kind`.
    static func decode(_ body: Data) throws(Failure) -> JSON {
        var apiVersion = ""
        var kind = ""
        var raw = Data()
        for (number, value) in try fields(body.dropFirst(magic.count)) {
            guard case .bytes(let bytes) = value else { continue }
            if number == 2 { raw = bytes }
            guard number == 1 else { continue }
            for case (let inner, .bytes(let text)) in try fields(bytes) {
                if inner == 1 { apiVersion = String(decoding: text, as: UTF8.self) }
                if inner == 2 { kind = String(decoding: text, as: UTF8.self) }
            }
        }
        let known = Schema.shared.types.contains { $0.name == kind }
        guard known, case .object(let index) = Schema.shared.type(named: kind) else { throw .unknownType(kind) }
        var object = try message(raw, index)
        object["apiVersion"] = .string(apiVersion)
        object["kind"] = .string(kind)
        return object
    }

    private static func fields(_ data: Data) throws(Failure) -> [(Int, Value)] {
        var rest = data[...]
        var found: [(Int, Value)] = []
        while !rest.isEmpty {
            let tag = try varint(&rest)
            switch tag & 7 {
            case 0: found.append((Int(tag >> 3), .number(try varint(&rest))))
            case 2:
                let length = Int(clamping: try varint(&rest))
                guard length <= rest.count else { throw .truncated }
                found.append((Int(tag >> 3), .bytes(Data(rest.prefix(length)))))
                rest = rest.dropFirst(length)
            case 1, 5:
                let length = tag & 7 == 1 ? 8 : 4
                guard length <= rest.count else { throw .truncated }
                rest = rest.dropFirst(length)
            default: throw .truncated
            }
        }
        return found
    }

    private static func varint(_ data: inout Data) throws(Failure) -> UInt64 {
        var value: UInt64 = 0
        for shift in stride(from: UInt64(0), to: 64, by: 7) {
            guard let byte = data.popFirst() else { throw .truncated }
            value |= UInt64(byte & 0x7f) << shift
            if byte & 0x80 == 0 { return value }
        }
        throw .truncated
    }

    private static func message(_ data: Data, _ index: Int) throws(Failure) -> JSON {
        var object = JSONObject()
        try read(data, into: &object, Schema.shared[index], prefix: "")
        return .object(object)
    }

    private static func read(
        _ data: Data, into object: inout JSONObject, _ type: ObjectType, prefix: String
    ) throws(Failure) {
        for (number, value) in try fields(data) {
            let path = "\(prefix)\(number)"
            if case .bytes(let inner) = value, ProtobufNumbers.shared.isWrapper(path, of: type.name) {
                try read(inner, into: &object, type, prefix: path + ".")
                continue
            }
            guard let name = ProtobufNumbers.shared.field(path, of: type.name), let field = type.fields[name] else {
                throw .unknownField(path, type: type.name)
            }
            try put(value, into: &object, field)
        }
    }

    private static func put(_ value: Value, into object: inout JSONObject, _ field: Field) throws(Failure) {
        switch (field.type, value) {
        case (.list(let element, _), _):
            guard let item = try single(value, element) else { return }
            object[field.name] = .array((object[field.name]?.array ?? []) + [item])
        case (.map(let element, _), .bytes(let bytes)):
            var entries = object[field.name] ?? .object(JSONObject())
            var key = ""
            var entry: JSON?
            for (number, part) in try fields(bytes) {
                if number == 1, case .bytes(let text) = part { key = String(decoding: text, as: UTF8.self) }
                if number == 2 { entry = try single(part, element) }
            }
            entries[key] = entry ?? ""
            object[field.name] = entries
        default:
            guard let single = try single(value, field.type), !isZero(single, field.type) else { return }
            object[field.name] = single
        }
    }

    /// The server's types write their zero values too; they mean that nothing was said.
    private static func isZero(_ value: JSON, _ type: FieldType) -> Bool {
        switch type {
        case .string(keepsEmpty: false): value == ""
        case .integer(keepsEmpty: false): value == 0
        case .boolean(keepsEmpty: false): value == false
        default: false
        }
    }

    private static func single(_ value: Value, _ type: FieldType) throws(Failure) -> JSON? {
        switch (type, value) {
        case (.object(let index), .bytes(let bytes)): return try message(bytes, index)
        case (.string, .bytes(let bytes)): return .string(String(decoding: bytes, as: UTF8.self))
        case (.bytes, .bytes(let bytes)): return .string(bytes.base64EncodedString())
        case (.integer, .number(let number)): return .int(Int(Int64(bitPattern: number)))
        case (.boolean, .number(let number)): return .bool(number != 0)
        case (.quantity, .bytes(let bytes)):
            for case (1, .bytes(let text)) in try fields(bytes) {
                return .string(String(decoding: text, as: UTF8.self))
            }
            return nil
        case (.intOrString, .bytes(let bytes)):
            let parts = try fields(bytes)
            let isText = parts.contains { if case (1, .number(1)) = $0 { true } else { false } }
            for part in parts {
                if case (2, .number(let number)) = part, !isText { return .int(Int(Int64(bitPattern: number))) }
                if case (3, .bytes(let text)) = part, isText { return .string(String(decoding: text, as: UTF8.self)) }
            }
            return 0
        case (.time, .bytes(let bytes)):
            for case (1, .number(let seconds)) in try fields(bytes) where seconds > 0 && seconds < 1 << 40 {
                return .string(KubernetesTime.text(Date(timeIntervalSince1970: TimeInterval(seconds))))
            }
            return nil
        default: return nil
        }
    }
}
