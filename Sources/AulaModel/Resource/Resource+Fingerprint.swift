extension Resource {
    /// The annotation that carries the fingerprint of what aula applied last.
    package static let fingerprintAnnotation = "aula.dev/applied"

    /// A short, stable hash of what the file and the templates ask for, without secrets and without what is born late.
    ///
    /// Written on a live object it tells, without a state file, whether a difference comes from the file or from
    /// somebody who changed the object. It is no protection against anybody: 64 bits of FNV-1a.
    package var fingerprint: String {
        var hash = FNV1a()
        if let members = body.object?.members {
            for member in members where !(address.is(.secret) && ["data", "stringData"].contains(member.key)) {
                hash.add(member.key)
                hash.add(member.value)
            }
        }
        return hash.text
    }
}
