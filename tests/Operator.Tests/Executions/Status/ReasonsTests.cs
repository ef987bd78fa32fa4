using System.Reflection;
using Bulkhead.Operator.Executions.Status;

namespace Bulkhead.Operator.Tests.Executions.Status;

/// <summary>Scripts and alerts match these words.</summary>
public sealed class ReasonsTests
{
    [Theory]
    [InlineData(typeof(Reasons), "reasons.txt")]
    [InlineData(typeof(ConditionTypes), "conditions.txt")]
    public void Words_OfConditionsAndEvents_AreTheApprovedOnes(Type type, string file)
    {
        var words = Constants(type).ToList();

        words.ShouldAllBe(w => w.Length > 1 && w.All(char.IsAsciiLetterOrDigit) && char.IsAsciiLetterUpper(w[0]));
        Approved.Verify(file, string.Concat(words.Order(StringComparer.Ordinal).Select(w => $"{w}\n")));
    }

    [Fact]
    public void Words_OfConditionsAndEvents_AreExplained()
    {
        var page = File.ReadAllText(Path.Combine(Approved.Root, "docs", "operator.md"));

        foreach (var word in Constants(typeof(Reasons)).Concat(Constants(typeof(ConditionTypes)))) page.ShouldContain($"`{word}`");
    }

    private static IEnumerable<string> Constants(Type type) =>
        type.GetFields(BindingFlags.Public | BindingFlags.Static).Where(f => f.IsLiteral).Select(f => (string)f.GetRawConstantValue()!);
}
