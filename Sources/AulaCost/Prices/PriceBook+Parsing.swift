package import AulaModel

extension PriceBook {
    /// Reads the files under `templates/prices/`; whatever is wrong in them is said with its place, all at once.
    package static func parse(_ files: [SourceFile]) -> (PriceBook, [Diagnostic]) {
        var book = PriceBook()
        var diagnostics: [Diagnostic] = []
        var tiers: [DiskTiers.Tier] = []
        var sizes: [NodeSize] = []
        for file in files.sorted(by: { $0.path < $1.path }) {
            var reader = PriceFileReader(file)
            let content = reader.read()
            diagnostics += reader.diagnostics
            tiers += content.tiers
            sizes += content.nodeSizes
            for (price, place) in content.prices where !book.add(price) {
                diagnostics.append(
                    Diagnostic(.error, "\(price.item) has a second price in \(price.region)", at: place))
            }
        }
        book.diskTiers = DiskTiers(tiers)
        book.nodeSizes = NodeSizes(sizes)
        return (book, diagnostics)
    }
}
