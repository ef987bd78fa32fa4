using System.Text;
using System.Text.Json;
using Bulkhead.Api.Text;
using Bulkhead.Cli.Cluster;
using Bulkhead.Cli.Output;

namespace Bulkhead.Cli.Tests.Cluster;

public sealed class YamlTextTests
{
    [Theory]
    [InlineData("""{"a":"plain text","b":[],"c":{},"d":null,"e":true,"f":1.5,"g":[{"h":"i"},["j"]]}""")]
    [InlineData("""{"a":"yes","b":"null","c":"1.5","d":"0x10","e":"","f":" x","g":"x: y","h":"#","i":"- x","j":"2026-11-28","k":"~","l":"Off"}""")]
    [InlineData("""{"a":"one\ntwo\n","b":"one\n two","c":" one\ntwo","d":"one\ttwo","e":"quote\" and \\","f":"ünï","g":"\u0007","h":"one\r\ntwo","i":"one\n\n","j":"one\ntwo\u2028three","k":"one\ntwo\u202ethree"}""")]
    [InlineData("""{"yes":"a","1":"b","a b":"c","":"d","x: y":"e"}""")]
    public void Of_Json_ReadsBackAsTheSame(string json)
    {
        var yaml = Printable.Escaped(YamlText.Of(JsonElement.Parse(json))); // As it is written.

        var read = SourceText.Read(Encoding.UTF8.GetBytes(yaml));
        read.Problems.ShouldBeEmpty(yaml);
        read.Ambiguous.ShouldBeEmpty(yaml);
        JsonElement.DeepEquals(read.Documents.Single().ToJson(), JsonElement.Parse(json)).ShouldBeTrue(yaml);
    }

    [Fact]
    public void Of_Script_StandsAsABlock() =>
        YamlText.Of(JsonElement.Parse("""{"run":"local x = 1\nreturn {x = x}\n","image":"localhost/worker:dev"}""")).ShouldBe("run: |\n  local x = 1\n  return {x = x}\nimage: \"localhost/worker:dev\"");
}
