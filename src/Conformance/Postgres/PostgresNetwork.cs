namespace Bulkhead.Conformance.Postgres;

/// <summary>A network beside loopback in which a private server is reached, such as that between a test cluster's node and its machine.</summary>
/// <param name="Address">The machine's address in it.</param>
/// <param name="Clients">CIDR of the clients that may log in, with a password.</param>
public sealed record PostgresNetwork(string Address, string Clients);
