import AulaModel
import Foundation

/// A wish for rows and cells instead of objects: what `kubectl get` prints.
struct TableRequest: Sendable {
    enum Content: String, Sendable {
        case none = "None"
        case metadata = "Metadata"
        case object = "Object"
    }

    let content: Content

    /// Nil where the request asks for objects first.
    init?(_ request: SandboxRequest) {
        let first = request.headers["accept"]?.split(separator: ",").first ?? ""
        guard first.contains("as=Table") else { return nil }
        content = request.parameter("includeObject").flatMap(Content.init) ?? .metadata
    }

    func response(_ kind: Kind, _ objects: [JSON], metadata: JSON, now: Date) -> SandboxResponse {
        .json(200, table(kind, objects, metadata: metadata, now: now))
    }

    func table(_ kind: Kind, _ objects: [JSON], metadata: JSON, now: Date, withColumns: Bool = true) -> JSON {
        [
            "kind": "Table", "apiVersion": "meta.k8s.io/v1", "metadata": metadata,
            "columnDefinitions": withColumns ? Self.definitions(kind) : .null,
            "rows": .array(objects.map { row(kind, $0, now) }),
        ]
    }

    private func row(_ kind: Kind, _ object: JSON, _ now: Date) -> JSON {
        var cells: [JSON] = kind.hasName ? [.string(object.name)] : []
        let (narrow, wide) = (kind.columns.filter { $0.priority == 0 }, kind.columns.filter { $0.priority > 0 })
        cells += (kind.hasName ? narrow : kind.columns).map { $0.cell(object) }
        if kind.hasAge {
            let born = KubernetesTime.date(object[["metadata", "creationTimestamp"]]?.string) ?? now
            cells.append(.string(KubernetesTime.age(born, now)))
        }
        if kind.hasName { cells += wide.map { $0.cell(object) } }
        var row: JSON = ["cells": .array(cells)]
        switch content {
        case .none: break
        case .metadata: row["object"] = PartialMetadata.of(object)
        case .object: row["object"] = object
        }
        return row
    }

    private static func definitions(_ kind: Kind) -> JSON {
        func definition(_ name: String, _ type: String, _ format: String, _ text: String, _ priority: Int = 0) -> JSON {
            [
                "name": .string(name), "type": .string(type), "format": .string(format),
                "description": .string(text), "priority": .int(priority),
            ]
        }
        func columns(_ isWide: Bool) -> [JSON] {
            kind.columns.filter { ($0.priority > 0) == isWide }.map {
                definition($0.name, $0.type, $0.format, $0.description, $0.priority)
            }
        }
        let age = kind.hasAge ? [definition("Age", "string", "", "Time since the object was created.")] : []
        guard kind.hasName else {
            return .array(kind.columns.map { definition($0.name, $0.type, $0.format, $0.description, $0.priority) })
        }
        return .array(
            [definition("Name", "string", "name", "Name must be unique within a namespace.")] + columns(false) + age
                + columns(true))
    }
}
