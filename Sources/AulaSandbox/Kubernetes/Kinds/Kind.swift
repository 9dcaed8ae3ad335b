import AulaModel
import Crypto
import Foundation

/// A further route below an object, such as `deployments/NAME/scale`.
struct Subresource: Sendable {
    let name: String
    let verbs: [String]
    /// The kind it speaks, where that is not the parent's own.
    var group: String?
    var version: String?
    var kind: String?
    /// False for what is listed and not answered.
    var isServed = true
}

/// Where an object keeps what its `scale` shows.
struct ScalePaths: Sendable {
    var replicas = ["spec", "replicas"]
    var status = ["status", "replicas"]
    /// Empty where the spec's own selector is shown.
    var selector: [String] = []
}

/// One row of the table of kinds: all that the generic verbs need to know about a resource.
struct Kind: Sendable {
    let group: String
    let version: String
    let plural: String
    let name: String
    var singular: String
    var shortNames: [String] = []
    var categories: [String] = []
    var isNamespaced = true
    var verbs = Kind.standardVerbs
    var subresources: [Subresource] = []
    /// Its type in `Schema.shared`; nil for kinds whose contents the sandbox does not look into.
    var type: FieldType?
    /// Fields that an update may not change.
    var immutable: [ImmutableField] = []
    /// Columns of `kubectl get` between Name and Age.
    var columns: [TableColumn] = []
    /// What a table ends with; false for kinds that have no Age.
    var hasAge = true
    /// Its table begins with the name and keeps its wide columns for the end; false for events.
    var hasName = true
    /// The object counts its spec's changes in `metadata.generation`.
    var hasGeneration = false
    var summary = ""
    /// Fields that a field selector may name, beside name and namespace.
    var selectable: [String] = []
    var scale = ScalePaths()
    /// A PUT of what is absent creates it.
    var isCreatedByUpdate = false
    /// A PUT must bring the resourceVersion.
    var demandsVersion = false
    /// False for what is listed and not answered.
    var isServed = true
    /// It came by a definition.
    var isCustom = false
    /// The OpenAPI schema of a custom kind.
    var schema: JSON?
    /// What its lists are called, where that is not its name and `List`.
    var listName: String?

    static let standardVerbs = ["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"]

    var apiVersion: String { group.isEmpty ? version : "\(group)/\(version)" }
    /// `deployments.apps`, and `pods` in the core group: how messages name the resource.
    var qualifiedPlural: String { group.isEmpty ? plural : "\(plural).\(group)" }
    /// `Deployment.apps`: how messages of validation name the kind.
    var qualifiedName: String { group.isEmpty ? name : "\(name).\(group)" }
    /// The key of the kind's store.
    var id: String { qualifiedPlural }
    var isStored: Bool { verbs.contains("list") && isServed }
    var listKind: String { listName ?? "\(name)List" }

    /// As the real server: the first 8 bytes of the SHA-256 of group, version and kind.
    var storageVersionHash: String {
        Data(SHA256.hash(data: Data("\(group)/\(version)/\(name)".utf8)).prefix(8)).base64EncodedString()
    }
}

/// A field that stays as it was created, and how the server refuses to change it.
struct ImmutableField: Sendable {
    let path: [String]
    var message = "field is immutable"
    /// The reason is Forbidden and no value is shown.
    var isForbidden = false
    /// The value is shown with the Go names of its members.
    var showsGoNames = false
    /// Setting it where it was empty is allowed (the binder sets a claim's volume name).
    var maySetOnce = false
}

/// One column of the table that `kubectl get` prints.
struct TableColumn: Sendable {
    let name: String
    var type = "string"
    var priority = 0
    var description = ""
    var format = ""
    let cell: @Sendable (JSON) -> JSON
}
