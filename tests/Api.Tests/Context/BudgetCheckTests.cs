using System.Text.Json;
using Bulkhead.Api.Context;
using Bulkhead.Api.Contract;
using Bulkhead.Api.Problems;
using Bulkhead.Api.Tests.Loading;

namespace Bulkhead.Api.Tests.Context;

public sealed class BudgetCheckTests
{
    private static readonly ConnectionDefinition Model = new()
    {
        Name = "model",
        Type = "http",
        TenantId = "acme",
        Config = JsonElement.Parse("""{"prices": {"small": {"input": 1, "output": 1000}, "odd": {"input": "free"}}}"""),
    };

    private static readonly string[] Steps = ["name: first", "name: second"];
    private static readonly string[] Ids = ["id: first", "id: second"];

    [Theory]
    [InlineData("{tokens: 1000}", "", "each node of a state graph counts alone")]
    [InlineData("{tokens: 999}", "BUDGET_TOO_SMALL nodes[0] node 'first' asks for up to 1000 tokens; settings.budget.tokens is 999", "one alone is too much")]
    [InlineData("{cost: 0.9}", "BUDGET_TOO_SMALL nodes[0] node 'first' asks for tokens that may cost 1; settings.budget.cost is 0.9", "1,000 tokens of 1,000 for a million")]
    [InlineData("{cost: 1, rows: 5}", "", "exactly enough")]
    [InlineData("{}", "", "no budget")]
    public void Check_StateGraph_CountsEachAlone(string budget, string expected, string because) => Faults(budget, Steps).ShouldBe(Lines(expected), because);

    [Theory]
    [InlineData("{tokens: 1500}", "", "all together are just within it")]
    [InlineData("{tokens: 1499}", "BUDGET_TOO_SMALL nodes the nodes together ask for up to 1500 tokens; settings.budget.tokens is 1499", "every node runs")]
    public void Check_DependencyGraph_CountsAllTogether(string budget, string expected, string because) => Faults(budget, Ids).ShouldBe(Lines(expected), because);

    [Theory]
    [InlineData("model: small, max_tokens: '{{ state.n }}'", "a template is not known yet")]
    [InlineData("model: other, max_tokens: 5", "no price")]
    [InlineData("model: odd, max_tokens: 5", "a price that is no number")]
    [InlineData("model: small", "no bound")]
    public void Check_UnknownCost_IsLeftToTheRun(string config, string because)
    {
        var workflow = Loaded.Valid($"{{settings: {{budget: {{cost: 0}}}}, nodes: [{{name: a, type: llm_call, config: {{connection: model, prompt: Hi, {config}}}}}]}}");
        BudgetCheck.Check(workflow, "acme", [Model]).ShouldBeEmpty(because);
    }

    private static string[] Lines(string expected) => expected.Length == 0 ? [] : [expected];

    private static IEnumerable<string> Faults(string budget, string[] names)
    {
        var workflow = Loaded.Valid($$$"""
            settings: {budget: {{{budget}}} }
            nodes:
              - { {{{names[0]}}}, type: llm_call, config: {connection: model, prompt: Hi, model: small, max_tokens: 1000}}
              - { {{{names[1]}}}, uses: llm.call, with: {connection: model, prompt: Hi, model: other, max_tokens: 500}}
            """);
        var problems = BudgetCheck.Check(workflow, "acme", [Model]);
        problems.ShouldAllBe(p => p.Class == ProblemClass.CostError);
        return problems.Select(p => $"{p.Code} {p.Path} {p.Message}");
    }
}
