import AulaModel

/// A value that is born in other resources, with placeholders: what `$let` names and what text made of such names is.
indirect enum LateProgram: Sendable {
    case text([Program.TextPiece], SourcePosition)
    case output(AddressProgram, String)
    case joined([LateProgram])
    case base64(LateProgram)
}

/// A late value under a name, and how it may be shown.
struct LateBinding: Sendable {
    var value: LateProgram
    var secret: Bool
    /// It can be read only in the moment of its birth.
    var once: Bool
}

/// A field of a manifest that gets a late value.
struct LateFieldProgram: Sendable {
    var path: [String]
    var binding: LateBinding
    /// All of them must hold, or the field is left out.
    var conditions: [Program.Condition]
}

/// `Secret/db`, `Secret/{serverNamespace}/{group}` or `gitlab/deployToken/…`: what a manifest refers to.
struct AddressProgram: Sendable {
    var pieces: [Program.TextPiece]
    var position: SourcePosition
}

extension Evaluator {
    /// The late value; an address without a namespace is in this one.
    mutating func run(_ program: LateProgram, in namespace: String) -> LateValue {
        switch program {
        case .text(let pieces, let position): .text(text(pieces, at: position))
        case .output(let address, let name): .output(run(address, in: namespace), name)
        case .joined(let parts): .joined(parts.map { run($0, in: namespace) })
        case .base64(let inner): .base64(run(inner, in: namespace))
        }
    }

    /// The address, in this namespace where it names none.
    mutating func run(_ address: AddressProgram, in namespace: String) -> Address {
        let text = text(address.pieces, at: address.position)
        if let whole = Address(text) { return whole }
        let parts = text.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        switch parts.count {
        case 2: return .kubernetes(parts[0], namespace, parts[1])
        case 3: return .kubernetes(parts[0], parts[1], parts[2])
        default:
            diagnostics.append(
                Diagnostic(
                    .error, "`\(text)` is no address", at: address.position,
                    hint: "write KIND/NAME, KIND/NAMESPACE/NAME, or the whole address as a plan shows it"))
            return .kubernetes(text, namespace, "")
        }
    }
}
