using Bulkhead.Operator.Hosting;

namespace Bulkhead.Operator.Tests.Hosting;

public sealed class OperatorCommandTests
{
    [Theory]
    [InlineData("http://collector.monitoring:4318")]
    [InlineData("https://127.0.0.1:4318/")]
    public void Parse_AddressOfACollector_IsTaken(string endpoint)
    {
        var parsed = OperatorCommand.Create().Parse(["--worker-image", "w", "--otlp-endpoint", endpoint]);

        parsed.Errors.ShouldBeEmpty();
        parsed.GetValue<Uri?>("--otlp-endpoint").ShouldBe(new Uri(endpoint));
    }

    [Theory]
    [InlineData("collector:4318", "no scheme that is known")]
    [InlineData("ftp://collector", "another scheme")]
    [InlineData("collector", "no URL")]
    public void Parse_NoAddressOfACollector_IsAFaultThatNamesIt(string endpoint, string because)
    {
        var parsed = OperatorCommand.Create().Parse(["--worker-image", "w", "--otlp-endpoint", endpoint]);

        parsed.Errors.ShouldHaveSingleItem(because).Message.ShouldBe($"--otlp-endpoint is no http or https URL: {endpoint}");
    }

    [Fact]
    public void Parse_NoSlots_IsAFault() =>
        OperatorCommand.Create().Parse(["--worker-image", "w", "--max-concurrent-executions", "0"]).Errors.ShouldHaveSingleItem().Message
            .ShouldBe("--max-concurrent-executions must be at least 1.");
}
