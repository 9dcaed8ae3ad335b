import ArgumentParser
import AulaCLI

@main struct Main {
    static func main() async { await Aula.main() }
}
