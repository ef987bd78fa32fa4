using Bulkhead.Api.Text;

namespace Bulkhead.Api.Tests.Text;

public sealed class SourceTextTests
{
    [Theory]
    [InlineData("12345678901234567890123", "12345678901234567890123", "an integer beyond int64 keeps its digits")]
    [InlineData("0.1000", "0.1000", "so does a fraction")]
    [InlineData("1e400", "1e400", "and a number beyond a double")]
    [InlineData("-0", "-0", "and negative zero")]
    public void Read_JsonNumber_KeepsDigits(string number, string expected, string because) =>
        SourceText.Read($"{{\"n\": {number}}}").Documents[0].ToJson().GetRawText().ShouldBe($"{{\"n\":{expected}}}", because);

    [Theory]
    [InlineData("true", "true", "the two booleans of the core schema")]
    [InlineData("~", "null", "null")]
    [InlineData("", "null", "an empty value is null")]
    [InlineData("12", "12", "an integer")]
    [InlineData("+12", "12", "JSON has no plus sign")]
    [InlineData("0x1F", "31", "hexadecimal")]
    [InlineData("0xFFFFFFFFFFFFFFFFFF", "4722366482869645213695", "hexadecimal beyond int64")]
    [InlineData(".5", "0.5", "JSON wants a digit before the point")]
    [InlineData("5.", "5.0", "and one after it")]
    [InlineData("-1.5e-3", "-1.5e-3", "an exponent")]
    [InlineData("'12'", "\"12\"", "quoted is text")]
    [InlineData("2001-12-14", "\"2001-12-14\"", "a date is text")]
    [InlineData("1.2.3", "\"1.2.3\"", "a version is text")]
    [InlineData("!!str 12", "\"12\"", "a core tag")]
    [InlineData("!!int 12", "12", "a core tag that fits")]
    [InlineData("yes", "\"yes\"", "text by YAML 1.2")]
    [InlineData("010", "\"010\"", "octal to YAML 1.1")]
    [InlineData("1:30", "\"1:30\"", "sexagesimal to YAML 1.1")]
    public void Read_YamlScalar_FollowsCoreSchema(string scalar, string json, string because) =>
        SourceText.Read($"v: {scalar}\n").Documents[0].ToJson().GetRawText().ShouldBe($"{{\"v\":{json}}}", because);

    [Theory]
    [InlineData("yes")]
    [InlineData("No")]
    [InlineData("on")]
    [InlineData("OFF")]
    [InlineData("y")]
    [InlineData("n")]
    [InlineData("010")]
    [InlineData("0o14")]
    [InlineData("0b11")]
    [InlineData("1_000")]
    [InlineData("1:30")]
    public void Read_ScalarThatYaml11ReadsOtherwise_IsNamed(string scalar)
    {
        var text = SourceText.Read($"a:\n  - v: {scalar}\n");

        var problem = text.Ambiguous.ShouldHaveSingleItem();
        (problem.Code, problem.Path, problem.Line).ShouldBe(("AMBIGUOUS_SCALAR", "a[0].v", 2));
        problem.Message.ShouldBe($"'{scalar}' means text here and something else in YAML 1.1 tools such as kubectl; quote it");
    }

    [Theory]
    [InlineData("'yes'")]
    [InlineData("yesterday")]
    [InlineData("0")]
    [InlineData("0.10")]
    [InlineData("10:30:x")]
    [InlineData("_1")]
    public void Read_ScalarThatBothReadAlike_IsNotNamed(string scalar) => SourceText.Read($"v: {scalar}\n").Ambiguous.ShouldBeEmpty();

    [Fact]
    public void Read_KeyThatYaml11ReadsAsBoolean_IsNamed() =>
        SourceText.Read("on: push\n").Ambiguous.ShouldHaveSingleItem().Message.ShouldStartWith("'on' means text here");

    [Theory]
    [InlineData("{\"a\": 1,}", "INVALID_JSON", 1, "a trailing comma")]
    [InlineData("{\n  \"a\": 1\n  \"b\": 2\n}", "INVALID_JSON", 3, "a missing comma")]
    [InlineData("{\"a\": 1", "INVALID_JSON", 1, "an end that is missing")]
    [InlineData("{\"a\": 1} x", "INVALID_JSON", 1, "text after the document")]
    [InlineData("{\"a\": \"\\ud800\"}", "INVALID_JSON", 1, "half of a surrogate pair")]
    [InlineData("{\"a\": NaN}", "INVALID_JSON", 1, "a number that JSON lacks")]
    [InlineData("{\"a\": 1,\n \"a\": 2}", "DUPLICATE_FIELD", 2, "a key twice")]
    [InlineData("a: 1\na: 2\n", "DUPLICATE_FIELD", 2, "a key twice in YAML")]
    [InlineData("a: [1\nb: 2\n", "INVALID_YAML", 1, "a flow list that does not end")]
    [InlineData("a:\n\t- b\n", "INVALID_YAML", 2, "a tab as indentation")]
    [InlineData("a: &x [*x]\n", "ALIAS_CYCLE", 1, "an alias inside its anchor")]
    [InlineData("a: *x\n", "UNKNOWN_ALIAS", 1, "an alias without an anchor")]
    [InlineData("a: .inf\n", "NOT_A_JSON_NUMBER", 1, "infinity")]
    [InlineData("a: !!binary abc\n", "UNSUPPORTED_TAG", 1, "a tag beyond the core schema")]
    [InlineData("a: !ruby/object {}\n", "UNSUPPORTED_TAG", 1, "a local tag")]
    [InlineData("a: !!int x\n", "TAG_MISMATCH", 1, "a tag that does not fit")]
    [InlineData("? [a]\n: b\n", "INVALID_KEY", 1, "a list as a key")]
    [InlineData("a: &x {b: 1}\nc:\n  <<: *x\n", "MERGE_KEY", 3, "a merge key")]
    [InlineData("a: \"\0\"", "INVALID_TEXT", 1, "a NUL")]
    public void Read_BrokenText_GivesOneProblemWithLine(string text, string code, int line, string because)
    {
        var problem = SourceText.Read(text).Problems.ShouldHaveSingleItem(because);

        (problem.Code, problem.Line).ShouldBe((code, line), because + ": " + problem.Message);
        problem.Message.ShouldNotContain("\n");
        problem.Message.ShouldNotContain("Exception");
    }

    [Fact]
    public void Read_InvalidUtf8_NamesByteAndLine()
    {
        var problem = SourceText.Read((byte[])[.. "a: 1\nb: \""u8, 0xff, .. "\"\n"u8]).Problems.ShouldHaveSingleItem();

        (problem.Code, problem.Line, problem.Message).ShouldBe(("INVALID_UTF8", 2, "the text is not valid UTF-8 (byte 9 is 0xff)"));
    }

    [Fact]
    public void Read_Utf16_SaysSo() =>
        SourceText.Read((byte[])[0xff, 0xfe, .. System.Text.Encoding.Unicode.GetBytes("a: 1")]).Problems.ShouldHaveSingleItem().Message.ShouldBe("the text is UTF-16; save it as UTF-8");

    [Fact]
    public void Read_ByteOrderMark_IsSkipped() => SourceText.Read("\ufeffa: 1").Documents[0].Find("a")!.Scalar.ShouldBe("1");

    [Fact]
    public void Read_Alias_KeepsPathOfItsUse()
    {
        var document = SourceText.Read("a: &x {b: [1, two]}\nc: *x\n").Documents[0];

        document.Find("c")!.Find("b")!.Items[1].Path.ToString().ShouldBe("c.b[1]");
        document.ToJson().GetRawText().ShouldBe("""{"a":{"b":[1,"two"]},"c":{"b":[1,"two"]}}""");
    }

    [Fact]
    public void Read_JsonDocumentsInYamlStream_GivesAll() =>
        SourceText.Read("{\"a\": 1}\n---\n{\"b\": 2}\n").Documents.Count.ShouldBe(2);

    [Fact]
    public void ToString_OddNames_AreQuoted() =>
        SourcePath.Root.Field("with").Field("a b").Item(2).Field("x\"\n").ToString().ShouldBe("with[\"a b\"][2][\"x\"\\u000a\"]");
}
