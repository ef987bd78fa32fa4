using Bulkhead.Api.Loading;

namespace Bulkhead.Api.Tests.Loading;

public sealed class DurationsTests
{
    [Theory]
    [InlineData("30", 30)]
    [InlineData("0.25", 0.25)]
    [InlineData("1e3", 1000)]
    [InlineData("250ms", 0.25)]
    [InlineData("30s", 30)]
    [InlineData("5m", 300)]
    [InlineData("1m500ms", 60.5)]
    [InlineData("1h30m", 5400)]
    [InlineData("1.5h", 5400)]
    [InlineData("1h1m1s1ms", 3661.001)]
    [InlineData("720h", 2_592_000)]
    public void Parse_Duration_IsThisLong(string text, double seconds) => Durations.Parse(text)!.Value.TotalSeconds.ShouldBe(seconds);

    [Theory]
    [InlineData("", "nothing")]
    [InlineData("s", "no number")]
    [InlineData("5x", "no unit")]
    [InlineData("5M", "units are lower case")]
    [InlineData("5m5h", "units out of order")]
    [InlineData("1h1h", "a unit twice")]
    [InlineData("5 s", "a blank")]
    [InlineData("-5s", "negative")]
    [InlineData("5.s", "no digit after the point")]
    [InlineData(".5s", "no digit before the point")]
    [InlineData("1.2.3s", "two points")]
    [InlineData("5/s", "a character beside the digits")]
    [InlineData("5s3", "a number without its unit")]
    [InlineData("721h", "more than 30 days")]
    [InlineData("00000000000000000000000000000000000000001s", "too long a text")]
    public void Parse_NoDuration_IsNull(string text, string because) => Durations.Parse(text).ShouldBeNull(because);
}
