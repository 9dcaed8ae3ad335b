package import AulaModel
import AulaYAML

/// How programs of each kind are built, and the images that pipelines' jobs run in: a table beside the templates.
package struct BuildTable: Hashable, Sendable {
    /// Where it is, below `templates/`.
    package static let path = "pipelines/builds.yaml"

    package var images: ToolImages
    package var builds: [String: BuildVariant]

    package init(
        images: ToolImages = ToolImages(kubectl: "", docker: "", dockerDaemon: "", buildah: ""),
        builds: [String: BuildVariant] = [:]
    ) {
        self.images = images
        self.builds = builds
    }

    /// Reads the tables among the files of template folders, of which a later one adds to the earlier ones.
    package static func parse(_ files: [SourceFile]) -> (BuildTable, [Diagnostic]) {
        var reader = BuildTableReader()
        for file in files where file.path.hasSuffix("/" + path) { reader.read(file) }
        return (reader.table, reader.diagnostics)
    }
}

private struct BuildTableReader: TreeReading {
    var findings = Findings(in: "a table of builds")
    var table = BuildTable()

    mutating func read(_ file: SourceFile) {
        let (root, unreadable) = YAML.document(in: file)
        for finding in unreadable { findings.report(finding) }
        guard let root, let fields = fields(of: root, at: "", keys: ["images", "builds"]) else { return }
        if let node = fields["images"] { readImages(node) }
        guard let node = fields["builds"], let builds = self.fields(of: node, at: "builds") else { return }
        for entry in builds.entries { table.builds[entry.key] = variant(entry) }
    }

    private mutating func readImages(_ node: YAMLNode) {
        let keys = ["kubectl", "docker", "dockerDaemon", "buildah"]
        guard let fields = fields(of: node, at: "images", keys: keys) else { return }
        table.images.kubectl = text("kubectl", in: fields) ?? table.images.kubectl
        table.images.docker = text("docker", in: fields) ?? table.images.docker
        table.images.dockerDaemon = text("dockerDaemon", in: fields) ?? table.images.dockerDaemon
        table.images.buildah = text("buildah", in: fields) ?? table.images.buildah
    }

    private mutating func variant(_ entry: YAMLEntry) -> BuildVariant {
        let keys = ["image", "prepare", "tests", "cache", "junit"]
        guard let fields = fields(of: entry.node, at: "builds.\(entry.key)", keys: keys) else { return BuildVariant() }
        var variant = BuildVariant(image: text("image", in: fields))
        variant.prepare = texts("prepare", in: fields)
        variant.tests = texts("tests", in: fields)
        if let junit = text("junit", in: fields) { variant.results = PipelineJob.Results(junit: junit) }
        if let node = fields["cache"],
            let cache = self.fields(of: node, at: fields.path(to: "cache"), keys: ["of", "paths"]),
            let file = text("of", in: cache)
        {
            variant.cache = PipelineJob.Cache(of: file, paths: texts("paths", in: cache))
        }
        return variant
    }

    private mutating func texts(_ key: String, in fields: Fields) -> [String] {
        let path = fields.path(to: key)
        return items(key, in: fields)?.compactMap { text($0, path) } ?? []
    }
}
