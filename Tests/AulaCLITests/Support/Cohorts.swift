/// Cohort files for commands that run in a test.
enum Cohorts {
    static func small(
        groups: String = "2", environments: String = "[test]", site: String = "kubernetes: {}",
        gitlab: Bool = true, component: String? = nil, more: String = ""
    ) -> String {
        """
        version: 1
        name: demo
        id: d3m0d3m0
        title: A small class
        groups: \(groups)
        environments: \(environments)
        components:
          api: { template: api, port: 8080\(gitlab ? "" : ", image: registry.example/api:1") }\(component.map { "\n  \($0)" } ?? "")
        \(site)
        \(gitlab ? "gitlab: { url: \"http://127.0.0.1\", group: memo2-fiuba/demo }" : "")
        \(more)
        """
    }
}
