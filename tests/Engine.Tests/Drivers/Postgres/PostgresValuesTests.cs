using System.Text.Json.Nodes;
using Bulkhead.Engine.Drivers;

namespace Bulkhead.Engine.Tests.Drivers.Postgres;

public sealed class PostgresValuesTests(PostgresServer server) : PostgresTestBase(server)
{
    [Fact]
    public async Task Query_EveryBuiltInType_BecomesExactJson()
    {
        IResource resource = await OpenAsync();
        (string Sql, string Json, string Because)[] table =
        [
            ("9223372036854775807::int8", "9223372036854775807", "int8 stays exact"),
            ("7::int2", "7", "int2 is a number"),
            ("true", "true", "bool is native"),
            ("null::int", "null", "null is native"),
            ("3.10::numeric", "3.1", "a decimal that comes back from a double is a number"),
            ("12345678901234567::numeric", "12345678901234567", "a whole numeric that fits int64 is a number"),
            ("0.12345678901234567890123::numeric", "\"0.12345678901234567890123\"", "a numeric that no double holds stays text"),
            ("123456789012345678901234567890123456789::numeric", "\"123456789012345678901234567890123456789\"", "larger than decimal stays text"),
            ("1e-30::numeric", "1E-30", "one digit survives any double"),
            ("1234567890.123456::numeric", "\"1234567890.123456\"", "16 digits may not survive"),
            ("0.00::numeric", "0", "zero"),
            ("'NaN'::numeric", "\"NaN\"", "JSON has no NaN"),
            ("'Infinity'::float8", "\"Infinity\"", "JSON has no infinity"),
            ("0.1::float8", "0.1", "float8 by its shortest text"),
            ("0.1::float4", "0.1", "float4 by its shortest text"),
            ("'2024-01-31 12:34:56.789'::timestamp", "\"2024-01-31T12:34:56.789\"", "ISO 8601"),
            ("'2024-01-31 12:34:56+02'::timestamptz", "\"2024-01-31T10:34:56Z\"", "ISO 8601 in UTC"),
            ("'infinity'::timestamptz", "\"infinity\"", "no instant"),
            ("'2024-01-31'::date", "\"2024-01-31\"", "ISO 8601"),
            ("'12:34:56'::time", "\"12:34:56\"", "ISO 8601"),
            ("'1 day 2 hours'::interval", "\"P1DT2H\"", "ISO 8601"),
            ("'6f2e1f0a-0000-4000-8000-000000000001'::uuid", "\"6f2e1f0a-0000-4000-8000-000000000001\"", "uuid as text"),
            ("'\\x00ff10'::bytea", "\"AP8Q\"", "bytea as base64"),
            ("'{\"a\": [1, 2.50]}'::json", "{\"a\": [1, 2.50]}", "json is native, as it was stored"),
            ("'{\"a\": null}'::jsonb", "{\"a\": null}", "jsonb is native"),
            ("'{1,NULL,3}'::int8[]", "[1,null,3]", "arrays are lists"),
            ("'{{1,2},{3,4}}'::int4[]", "[[1,2],[3,4]]", "arrays of arrays"),
            ("'[0:1]={7,8}'::int4[]", "[7,8]", "lower bounds are dropped"),
            ("array['a,b', 'c\"d', 'e\\f', null, '', 'NULL']", "[\"a,b\",\"c\\u0022d\",\"e\\\\f\",null,\"\",\"NULL\"]", "quoted items"),
            ("array['{\"x\":1}'::jsonb]", "[{\"x\": 1}]", "json inside an array is native"),
            ("'{}'::text[]", "[]", "the empty list"),
            ("'a'::char(3)", "\"a  \"", "padding is the type's own"),
            ("'10.0.0.1/8'::inet", "\"10.0.0.1/8\"", "any other type is text"),
            ("int4range(1, 5)", "\"[1,5)\"", "a range is text"),
        ];
        foreach ((string sql, string json, string because) in table)
        {
            (await FirstValueAsync(resource, $"select {sql}")).ShouldBe(json, because);
        }
    }

    [Fact]
    public async Task Query_EnumAndComposite_AreText()
    {
        IResource resource = await OpenAsync();
        await QueryAsync(resource, "create type mood as enum ('calm', 'cross')");
        (await FirstValueAsync(resource, "select 'calm'::mood")).ShouldBe("\"calm\"");
        (await FirstValueAsync(resource, "select row(1, 'x')")).ShouldBe("\"(1,x)\"");
    }

    [Fact]
    public async Task Query_Parameters_AreTyped()
    {
        IResource resource = await OpenAsync();
        (string Parameter, string Sql, string Json, string Because)[] table =
        [
            ("9007199254740993", "select $1", "9007199254740993", "whole numbers are int8"),
            ("5", "select pg_typeof($1)::text", "\"bigint\"", "whole numbers are int8"),
            ("1.5", "select pg_typeof($1)::text", "\"double precision\"", "other numbers are float8"),
            ("true", "select pg_typeof($1)::text", "\"boolean\"", "bool"),
            ("\"x\"", "select $1", "\"x\"", "text alone is text"),
            ("\"2024-01-31\"", "select $1::date - 1", "\"2024-01-30\"", "text takes the type of its place"),
            ("null", "select $1", "null", "null"),
            ("{\"a\":[1]}", "select $1", "{\"a\": [1]}", "objects are jsonb"),
            ("[1,null,3]", "select pg_typeof($1)::text", "\"bigint[]\"", "lists of whole numbers"),
            ("[1,2.5]", "select $1", "[1,2.5]", "lists of numbers"),
            ("[\"a\",null]", "select $1", "[\"a\",null]", "lists of text"),
            ("[true,false]", "select $1", "[true,false]", "lists of bool"),
            ("[]", "select 1 where 3 = any($1)", "", "the empty list takes the type of its place"),
            ("[{\"a\":1}]", "select $1", "[{\"a\": 1}]", "lists of objects are jsonb"),
            ("\"'; drop table x; --\"", "select $1", "\"'; drop table x; --\"", "a value is never SQL"),
            ("18446744073709551615", "select $1", "\"18446744073709551615\"", "beyond int64 it is numeric"),
        ];
        foreach ((string parameter, string sql, string json, string because) in table)
        {
            System.Text.Json.JsonElement result = await QueryAsync(resource, sql, new JsonArray(JsonNode.Parse(parameter)));
            string first = result.GetProperty("row_count").GetInt32() == 0
                ? ""
                : result.GetProperty("rows")[0].EnumerateObject().First().Value.GetRawText();
            first.Replace("\\u0027", "'").ShouldBe(json, because);
        }
    }

    [Fact]
    public async Task Query_RandomTextLists_ComeBackUnchanged()
    {
        IResource resource = await OpenAsync();
        const string Letters = "{}\",\\' \tNUL\u00e9\ud83d\ude00";
        var random = new Random(20261121);
        for (int round = 0; round < 100; round++)
        {
            var list = new JsonArray([.. Enumerable.Range(0, random.Next(1, 8)).Select(_ => random.Next(6) == 0
                ? null
                : (JsonNode)string.Concat(Enumerable.Range(0, random.Next(0, 6)).Select(_ => Letters[random.Next(Letters.Length - 2)])))]);
            string sent = list.ToJsonString();
            System.Text.Json.JsonElement result = await QueryAsync(resource, "select $1::text[] as list", new JsonArray(list));
            System.Text.Json.JsonElement.DeepEquals(
                result.GetProperty("rows")[0].GetProperty("list"), System.Text.Json.JsonDocument.Parse(sent).RootElement).ShouldBeTrue(sent);
        }
    }

    [Fact]
    public async Task Query_NamedParameters_AreNumberedOnce()
    {
        IResource resource = await OpenAsync();
        var parameters = new JsonObject { ["a"] = 2, ["b"] = "x", ["unused"] = 1 };
        (await FirstValueAsync(resource, "select @a + :a || @b || '@a' || '5'::text -- :b", parameters)).ShouldBe("\"4x@a5\"");
    }

    [Fact]
    public async Task Query_Result_HasColumnsRowsAndCounts()
    {
        IResource resource = await OpenAsync();
        await QueryAsync(resource, "create table t (id int, note text)");
        (await QueryAsync(resource, "insert into t values (1, 'a'), (2, 'b')")).GetRawText()
            .ShouldBe("""{"columns":[],"rows":[],"row_count":0,"affected":2}""");
        (await QueryAsync(resource, "select id, note, id from t order by id;")).GetRawText().ShouldBe(
            """{"columns":["id","note","id_2"],"rows":[{"id":1,"note":"a","id_2":1},{"id":2,"note":"b","id_2":2}],"row_count":2,"affected":0}""");
    }
}
