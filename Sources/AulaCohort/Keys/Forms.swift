extension Form {
    /// A DNS label (RFC 1123).
    static let label = Form(
        "[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?", "a name of small letters, digits and dashes, at most 63")
    static let siteName = Form(
        "[a-z0-9]([a-z0-9-]{0,18}[a-z0-9])?", "a name of small letters, digits and dashes, at most 20")
    static let componentName = Form("[a-z]([a-z0-9-]{0,61}[a-z0-9])?", "small letters, digits and dashes, at most 63")
    static let id = Form("[a-z0-9]{8}", "8 small letters and digits")
    static let image = Form("\\S+", "an image's name, without spaces")
    static let subscription = Form(
        "[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}", "a subscription's id, as `az account list` shows it")
    static let region = Form("[a-z][a-z0-9]*", "a region such as westus")
    static let resourceGroup = Form(
        "[A-Za-z0-9_.()-]{0,89}[A-Za-z0-9_()-]", "letters, digits and _ - . ( ), at most 90")
    static let clusterName = Form(
        "[A-Za-z0-9]([A-Za-z0-9_-]{0,61}[A-Za-z0-9])?", "letters, digits, - and _, at most 63")
    static let nodeSize = Form("[A-Za-z]+_[A-Za-z0-9_-]{1,60}", "such as Standard_B2s")
    static let clusterVersion = Form("1\\.[0-9]{1,3}(\\.[0-9]{1,3})?", "such as 1.33 or 1.33.2")
    static let url = Form("https?://[^/?#]+[^?#]*", "an http or https address")
    static let groupPath = Form(
        "[A-Za-z0-9_][A-Za-z0-9_.-]{0,254}(/[A-Za-z0-9_][A-Za-z0-9_.-]{0,254}){0,19}", "names with slashes between them"
    )
    static let labelTitle = Form("[^,\\s]([^,\\x00-\\x1f]{0,253}[^,\\s])?", "text without commas, at most 255")
    static let color = Form("#[0-9A-Fa-f]{6}", "a colour such as \"#d9534f\", in quotes")
    static let starter = Form(
        "[A-Za-z0-9_.][A-Za-z0-9_.-]*(/[A-Za-z0-9_.-]+)*/|[a-z][a-z0-9-]{0,62}", "a folder with a slash at its end")
    static let member = Form(
        "([A-Za-z0-9_][A-Za-z0-9_.-]{0,254}|[^\\s@]{1,128}@[^\\s@]{1,254})",
        "a GitLab user name or an e-mail address")
}
