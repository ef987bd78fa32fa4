namespace Bulkhead.Server.Tests.Running;

/// <summary>Documents that the tests submit.</summary>
internal static class Workflows
{
    /// <summary>Two nodes, one of them a query: six events of all five kinds. The mark comes back in the query's result and in the state.</summary>
    public static string Marked(string mark) => $$"""
        name: marked
        initial_state: {mark: "{{mark}}"}
        nodes:
          - {name: think, run: "return {thought = state.mark}"}
          - name: ask
            type: sql
            config: {connection: orders-db, query: "select $1::text as answer", parameters: ["{{mark}}"]}
        """;

    /// <summary>Holds one session until it is stopped.</summary>
    public const string LongQuery = """
        name: long-query
        nodes:
          - name: wait
            type: sql
            config: {connection: orders-db, query: select pg_sleep(300)}
        """;

    /// <summary>Runs until it is stopped, without a connection.</summary>
    public const string Endless = """
        name: endless
        nodes:
          - {name: wait, run: "sleep(300)"}
        """;

    public const string Short = """
        name: short
        nodes:
          - {name: one, run: "return {done = true}"}
        """;

    /// <summary>Takes some time and ends by itself.</summary>
    public static string Takes(double seconds) => $$"""
        name: takes
        nodes:
          - {name: wait, run: "sleep({{seconds}}) return {waited = true}"}
        """;

    /// <summary>Suspends for an answer.</summary>
    public const string Approval = """
        name: approval
        initial_state: {amount: 250}
        nodes:
          - {name: ask, run: "return {question = 'pay ' .. state.amount .. '?'}", interrupt: after}
          - {name: pay, run: "return {paid = state.approved and state.amount or 0}"}
        """;
}
