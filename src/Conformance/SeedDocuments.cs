namespace Bulkhead.Conformance;

/// <summary>The workflows that the rows run.</summary>
internal static class SeedDocuments
{
    /// <summary>The NORP-006 compliance suite's workflow, verbatim.</summary>
    public const string MultiResource = """
        {
          "name": "Multi-Resource Workflow",
          "nodes": [
            {
              "id": "node1",
              "type": "datasource",
              "config": {"connection_id": 5}
            },
            {
              "id": "node2",
              "type": "llm_call",
              "config": {"connection_id": 5}
            },
            {
              "id": "node3",
              "type": "datasource",
              "config": {"connection_id": 5}
            }
          ]
        }
        """;

    /// <summary>Node 1 opens the connection, node 2 fails.</summary>
    public const string FailsAtNode2 = """
        {"name": "Failure Cleanup", "nodes": [
          {"id": "node1", "type": "datasource", "config": {"connection_id": 5}},
          {"id": "node2", "type": "custom_code", "config": {"code": "error('simulated failure')"}, "depends_on": ["node1"]}]}
        """;

    /// <summary>A query that ends only from outside.</summary>
    public const string Endless = """
        {"name": "Endless", "nodes": [
          {"id": "node1", "type": "database_query", "config": {"connection_id": 5, "query": "select pg_sleep(600)"}}]}
        """;

    /// <summary>Names a connection that nobody declares.</summary>
    public const string Unknown = """
        {"name": "Unknown", "nodes": [{"id": "A", "type": "datasource", "config": {"connection_id": 404}}]}
        """;

    /// <summary>A and B depend on each other, and A also wants a connection that nobody declares.</summary>
    public const string CycleAndUnknown = """
        {"name": "Cycle", "nodes": [
          {"id": "A", "type": "datasource", "config": {"connection_id": 404}, "depends_on": ["B"]},
          {"id": "B", "type": "datasource", "config": {"connection_id": 5}, "depends_on": ["A"]}]}
        """;

    /// <summary>Z first, A after it: against the order of names and of the file.</summary>
    public const string ZThenA = """
        {"name": "Order", "nodes": [
          {"id": "A", "type": "datasource", "config": {"connection_id": 5}, "depends_on": ["Z"]},
          {"id": "Z", "type": "datasource", "config": {"connection_id": 5}}]}
        """;

    /// <summary>Says whose it is.</summary>
    public const string OfAcme = """
        {"name": "Owned", "tenant_id": "acme", "nodes": [{"id": "A", "type": "datasource", "config": {"connection_id": 5}}]}
        """;

    /// <summary>Reaches for another tenant's connection by a name that is only known at run time.</summary>
    public const string Escalates = """
        {"name": "Escalation", "nodes": [
          {"id": "A", "type": "custom_code",
           "config": {"code": "local db = connections.get('orders-' .. 'db-7'); return db:query('insert into touched values (1)')"}}]}
        """;

    /// <summary>Writes one row.</summary>
    public const string Writes = """
        {"name": "Write", "nodes": [
          {"id": "A", "type": "database_query", "config": {"connection_id": 5, "query": "insert into touched values (1)"}}]}
        """;

    /// <summary>A graph of datasource nodes: "A:B,C" is A, which depends on B and C.</summary>
    public static string Graph(params string[] nodes) => $$"""{"name": "Graph", "nodes": [{{string.Join(", ", nodes.Select(Node))}}]}""";

    private static string Node(string node)
    {
        string[] parts = node.Split(':');
        string depends = parts.Length == 1 ? "" : string.Join(", ", parts[1].Split(',').Select(d => $"\"{d}\""));
        return $$"""{"id": "{{parts[0]}}", "type": "datasource", "config": {"connection_id": 5}, "depends_on": [{{depends}}]}""";
    }
}
