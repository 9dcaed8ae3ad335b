import AulaModel
import Foundation

/// One open watch: what it is about, in which form it is told, and until when.
struct Watcher: Sendable {
    let kind: Kind
    let selection: Selection
    let table: TableRequest?
    let wantsMetadata: Bool
    let wantsBookmarks: Bool
    let deadline: Date
    private let continuation: AsyncStream<Data>.Continuation
    private var toldColumns = false
    private var lastBookmark: Date

    init(
        kind: Kind, selection: Selection, request: SandboxRequest, now: Date,
        continuation: AsyncStream<Data>.Continuation
    ) {
        self.kind = kind
        self.selection = selection
        table = TableRequest(request)
        wantsMetadata = PartialMetadata.isAsked(by: request)
        wantsBookmarks = request.parameter("allowWatchBookmarks") == "true"
        let seconds = request.parameter("timeoutSeconds").flatMap(Double.init) ?? 3600
        deadline = now.addingTimeInterval(seconds)
        lastBookmark = now
        self.continuation = continuation
    }

    /// Tells a change, as this watch sees it: what comes to match is added, what no longer does is deleted.
    mutating func tell(_ event: WatchEvent, now: Date) {
        guard selection.covers(event.key) else { return }
        let matches = selection.matches(event.object)
        let matched = event.before.map(selection.matches) ?? false
        switch (event.change, matched, matches) {
        case (.deleted, true, _), (.deleted, _, true): send("DELETED", event.object, now)
        case (.added, _, true), (.modified, false, true): send("ADDED", event.object, now)
        case (.modified, true, true): send("MODIFIED", event.object, now)
        case (.modified, true, false): send("DELETED", event.object, now)
        default: break
        }
    }

    mutating func send(_ type: String, _ object: JSON, _ now: Date) {
        var content = object
        if kind.isCustom { content["apiVersion"] = .string(kind.apiVersion) }
        if let table {
            let metadata: JSON = ["resourceVersion": object[["metadata", "resourceVersion"]] ?? .null]
            content = table.table(kind, [object], metadata: metadata, now: now, withColumns: !toldColumns)
            toldColumns = true
        } else if wantsMetadata {
            content = PartialMetadata.of(object)
        }
        write(type, content)
    }

    /// Tells how far the watch has come; the first one after a full replay is marked as its end.
    mutating func bookmark(_ revision: Int, now: Date, endsInitialEvents: Bool = false) {
        var metadata: JSON = ["resourceVersion": .string(String(revision))]
        if endsInitialEvents { metadata["annotations"] = ["k8s.io/initial-events-end": "true"] }
        lastBookmark = now
        if table != nil {
            write(
                "BOOKMARK",
                [
                    "kind": "Table", "apiVersion": "meta.k8s.io/v1", "columnDefinitions": .null,
                    "metadata": ["resourceVersion": .string(String(revision))],
                    "rows": [
                        [
                            "cells": [],
                            "object": [
                                "kind": "PartialObjectMetadata", "apiVersion": "meta.k8s.io/v1", "metadata": metadata,
                            ],
                        ]
                    ],
                ])
            return
        }
        write(
            "BOOKMARK",
            ["kind": .string(kind.name), "apiVersion": .string(kind.apiVersion), "metadata": metadata])
    }

    mutating func bookmarkIfDue(_ revision: Int, now: Date) {
        if wantsBookmarks, now.timeIntervalSince(lastBookmark) >= 60 { bookmark(revision, now: now) }
    }

    func fail(_ status: JSON) { write("ERROR", status) }

    func finish() { continuation.finish() }

    private func write(_ type: String, _ object: JSON) {
        let event: JSON = ["type": .string(type), "object": object]
        continuation.yield(event.data + Data("\n".utf8))
    }
}
