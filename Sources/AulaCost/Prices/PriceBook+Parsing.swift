package import AulaModel
import AulaYAML

extension PriceBook {
    /// Reads the files under `templates/prices/`; whatever is wrong in them is said with its position, all at once.
    ///
    /// The teacher's own prices and node sizes come before the built-in ones.
    package static func parse(_ builtIn: [SourceFile], own: [SourceFile] = []) -> (PriceBook, [Diagnostic]) {
        var book = PriceBook()
        var tiers: [DiskTiers.Tier] = []
        var sizes: [NodeSize] = []
        var diagnostics: [Diagnostic] = []
        for files in [own, builtIn] {
            let known = book
            let knownSizes = Set(sizes.map(\.name))
            for file in files.sorted(by: { $0.path < $1.path }) {
                var reader = PriceFileReader()
                let content = reader.read(file)
                diagnostics += reader.diagnostics
                tiers += content.tiers
                sizes += content.nodeSizes.filter { !knownSizes.contains($0.name) }
                for (price, position) in content.prices where !known.has(price) && !book.add(price) {
                    diagnostics.append(
                        Diagnostic(.error, "\(price.item) has a second price in \(price.region)", at: position))
                }
            }
        }
        book.diskTiers = DiskTiers(tiers)
        book.nodeSizes = NodeSizes(sizes)
        return (book, diagnostics)
    }
}
