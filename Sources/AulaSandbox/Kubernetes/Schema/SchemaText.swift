/// The API's object types as compact text, one type a line, in the shape of Kubernetes 1.36.
///
/// ```
/// # io.k8s.api.core.v1                         the package of the types that follow
/// Service metadata*:ObjectMeta ports:[ServicePort|port,protocol] selector:{str}!
/// ```
/// - `*` after a name: written even when empty. `!` after a type: atomic, one value with one owner.
/// - `[T]` atomic list, `[T|=]` set, `[T|a,b]` list of objects with the keys `a` and `b`; `{T}` map.
/// - `~` strategic merge patches replace the list all the same; `+key` they merge an atomic one;
///   `^` they drop unnamed members. `=TCP` the default of a list key.
/// - `str int bool` are left out when zero, `pstr pint pbool` are not; `qty intstr bytes time any` speak for themselves.
///
/// List types and merge keys are compared with a recorded OpenAPI document by the contract test.
enum SchemaText {
    static let all = [pods, core, workloads, cluster].joined(separator: "\n")
}
