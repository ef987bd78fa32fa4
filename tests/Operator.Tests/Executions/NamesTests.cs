using Bulkhead.Operator.Executions;

namespace Bulkhead.Operator.Tests.Executions;

public sealed class NamesTests
{
    [Theory]
    [InlineData("hello")]
    [InlineData("a.b.c")]
    [InlineData("9")]
    [InlineData("a-very-long-name-that-has-a-dash-just-where-it-is-cut-off-------x")]
    [InlineData("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    public void Names_AnyExecution_AreHostNamesOfAtMost63(string execution)
    {
        foreach (var attempt in new[] { 1, 100, int.MaxValue })
        {
            string[] names = [Names.Worker(execution, Given.Uid, attempt), Names.Release(execution, Given.Uid, attempt), Names.Job(execution, Given.Uid)];

            names.ShouldAllBe(n => IsHostName(n), string.Join(' ', names));
            names.ShouldBeUnique();
        }
    }

    [Fact]
    public void Names_SameUidAndAttempt_AreTheSame()
    {
        Names.Worker("hello", Given.Uid, 1).ShouldBe("hello-1-e896e8c4");
        Names.Worker("hello", Given.Uid, 1).ShouldBe(Names.Worker("hello", Given.Uid, 1));
        Names.Worker("hello", Given.Uid, 2).ShouldNotBe(Names.Worker("hello", Given.Uid, 1));
        Names.Worker("hello", Guid.Empty.ToString(), 1).ShouldNotBe(Names.Worker("hello", Given.Uid, 1), "a new object under an old name");
    }

    [Theory]
    [InlineData("acme", "acme")]
    [InlineData("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa.-bbb", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    public void LabelValue_AnyText_EndsWithALetterOrDigit(string text, string expected) => Names.LabelValue(text).ShouldBe(expected);

    private static bool IsHostName(string name) =>
        name.Length <= 63 && name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-') && name[0] != '-' && name[^1] != '-';
}
