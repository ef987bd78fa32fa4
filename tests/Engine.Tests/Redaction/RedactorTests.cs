using System.Text.Json;
using Bulkhead.Engine.Redaction;
using static Bulkhead.Engine.Tests.Contexts.ContextBuilder;

namespace Bulkhead.Engine.Tests.Redaction;

public class RedactorTests
{
    [Theory]
    [InlineData("password")]
    [InlineData("DB_PASSWORD")]
    [InlineData("clientSecret")]
    [InlineData("api_key")]
    [InlineData("accessToken")]
    [InlineData("Authorization")]
    [InlineData("aws_credentials")]
    public void ForEvent_SecretKey_Masked(string key)
    {
        var nested = JsonSerializer.SerializeToElement(new[] { new Dictionary<string, object> { [key] = new { deep = "hunter2" } } });
        Redactor.ForEvent(nested).GetRawText().ShouldBe($$"""[{"{{key}}":"[REDACTED]"}]""");
        Redactor.Mask(nested).GetRawText().ShouldBe($$"""[{"{{key}}":"[REDACTED]"}]""");
    }

    [Fact]
    public void ForEvent_LongValues_AreCut()
    {
        var value = JsonSerializer.SerializeToElement(new { text = new string('a', 501), items = Enumerable.Range(1, 11) });
        var cut = Redactor.ForEvent(value);

        cut.GetProperty("text").GetString().ShouldBe(new string('a', 500));
        cut.GetProperty("items").GetArrayLength().ShouldBe(10);
        Redactor.Mask(value).GetRawText().ShouldBe(value.GetRawText(), "a result stays whole");
    }

    [Fact]
    public void Cut_InsideASurrogatePair_LeavesNoHalf() =>
        Redactor.Cut(new string('a', 499) + "\U0001F600").ShouldBe(new string('a', 499));

    [Fact]
    public void ForEvent_DeepNesting_Ends()
    {
        var deep = Json(string.Concat(Enumerable.Repeat("[", 60)) + string.Concat(Enumerable.Repeat("]", 60)));
        Redactor.ForEvent(deep).GetRawText().ShouldBe(new string('[', 32) + "null" + new string(']', 32));
    }

    [Theory]
    [InlineData("12345678901234567890.10")]
    [InlineData("null")]
    [InlineData("\"a\"")]
    [InlineData("""{"name":"Zoë","n":1e400}""")]
    public void ForEvent_HarmlessValue_Unchanged(string json) =>
        JsonElement.DeepEquals(Redactor.ForEvent(Json(json)), Json(json)).ShouldBeTrue();
}
