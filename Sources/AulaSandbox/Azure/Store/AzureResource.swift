import AulaModel
import Foundation

/// One resource as the store keeps it: the last body with what the service made of it.
struct AzureResource: Codable, Sendable {
    var id: AzureID
    var location: String?
    /// Nil is not the same as none: it is answered as null.
    var tags: [String: String]?
    /// What stands beside the properties: `sku`, `identity`, `kind`, `zones`.
    var head: JSON = [:]
    var properties: JSON = [:]
    var eTag = UUID().uuidString.lowercased()
    /// Its `provisioningState`.
    var state = "Succeeded"
    var createdAt: Date
    var changedAt: Date
    /// Only managed clusters have one.
    var life: ClusterLife?

    init(_ id: AzureID, location: String?, tags: [String: String]? = nil, at now: Date) {
        self.id = id
        self.location = location
        self.tags = tags
        createdAt = now
        changedAt = now
    }

    var key: String { id.key }
    var name: String { id.name }
    var group: String { id.group ?? "" }
    /// Whether an operation is at work.
    var isBusy: Bool { !["Succeeded", "Failed", "Canceled"].contains(state) }

    mutating func change(to state: String, at now: Date) {
        self.state = state
        changedAt = now
        eTag = UUID().uuidString.lowercased()
    }
}

extension AzureKind {
    /// The address in this service's spelling.
    func shown(_ id: AzureID) -> String {
        saysGroupsInLowerCase ? id.text.replacing("/resourceGroups/", with: "/resourcegroups/") : id.text
    }

    /// What a read answers.
    func render(_ resource: AzureResource) -> JSON {
        var json = resource.head
        json["id"] = .string(shown(resource.id))
        json["name"] = .string(resource.name)
        if saysType { json["type"] = .string(shownType ?? type) }
        if let location = resource.location { json["location"] = .string(location) }
        if hasTags { json["tags"] = resource.tags.map(AzureTags.render) ?? .null }
        switch stamp {
        case .none: break
        case .strong: json["eTag"] = .string(resource.eTag)
        case .quoted: json["eTag"] = .string("\"\(resource.eTag)\"")
        case .weak: json["etag"] = .string("W/\"\(resource.eTag)\"")
        }
        json["properties"] = resource.properties
        if hasState { json[["properties", "provisioningState"]] = .string(resource.state) }
        return json
    }
}
