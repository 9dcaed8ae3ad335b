import AulaModel
import AulaSandbox
import Foundation

/// What the clients read: the kubeconfig, the configuration of `az`, and the script that names both.
struct ClientFiles: Sendable {
    let folder: StateFolder
    let ports: Ports
    let controlToken: String

    private static let kubeconfig = "kubeconfig"
    private static let azure = "azure"
    static let portsFile = "ports.json"

    func write(for machines: Machines) async throws {
        try folder.write(await machines.clusters.readyMadeKubeconfig(), to: ClientFiles.kubeconfig)
        try AzureLogin(endpoint: ports.base(of: .azure), settings: AzureSettings())
            .write(to: StateFolder(folder.folder(ClientFiles.azure)))
        try folder.write(script, to: "env.sh")
        try folder.write(ports.json.text, to: ClientFiles.portsFile)
    }

    /// Only what the clients themselves look at; everything else `az` needs is in its configuration.
    private var script: String {
        let azureFolder = folder[ClientFiles.azure].path
        let variables = [
            ("KUBECONFIG", folder[ClientFiles.kubeconfig].path),
            ("AZURE_CONFIG_DIR", azureFolder),
            ("AZURE_EXTENSION_DIR", azureFolder + "/extensions"),
            ("REQUESTS_CA_BUNDLE", folder["ca.pem"].path),
            ("GITLAB_TOKEN", GitLabSettings.teacherToken),
            ("AULA_GITLAB_URL", ports.base(of: .gitlab)),
            ("AULA_SANDBOX", folder.url.path),
            ("AULA_SANDBOX_FAULTS_URL", ports.base(of: .gitlab) + Control.path),
            ("AULA_SANDBOX_CONTROL_TOKEN", controlToken),
        ]
        let exports = variables.map { "export \($0)=\(ClientFiles.quoted($1))\n" }.joined()
        return """
            # The environment of a sandbox: source it, then use kubectl, az and any GitLab client as ever.
            \(exports)export NO_PROXY="127.0.0.1,localhost${NO_PROXY:+,$NO_PROXY}" no_proxy="127.0.0.1,localhost${no_proxy:+,$no_proxy}"
            unset AZURE_DEFAULTS_GROUP AZURE_CLOUD_NAME

            """
    }

    /// As one word of a shell, whatever it holds.
    private static func quoted(_ text: String) -> String {
        "'" + text.replacing("'", with: "'\\''") + "'"
    }
}

extension GitLabSettings {
    /// The token of the person who runs the class.
    static var teacherToken: String {
        GitLabSettings().tokens.first { $0.value == "teacher" }?.key ?? ""
    }
}
