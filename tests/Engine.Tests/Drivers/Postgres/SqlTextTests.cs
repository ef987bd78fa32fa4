using Bulkhead.Engine.Drivers.Postgres;

namespace Bulkhead.Engine.Tests.Drivers.Postgres;

public sealed class SqlTextTests
{
    private static readonly HashSet<string> Known = new(StringComparer.Ordinal) { "a", "b" };

    [Theory]
    [InlineData("select @a, :b, @a", "select $1, $2, $1", "both spellings, numbered once")]
    [InlineData("select x::int, @a::text", "select x::int, $1::text", "casts")]
    [InlineData("select f(y := 1), f(a := @a)", "select f(y := 1), f(a := $1)", "named arguments")]
    [InlineData("select t[1:n], t[:b]", "select t[1:n], t[$1]", "slices: only known names after a colon")]
    [InlineData("select x @> y, x <@a, x @@ y", "select x @> y, x <@a, x @@ y", "operators")]
    [InlineData("select '@a', \"@a\", $$@a$$, $x$@a$$@a$x$", "select '@a', \"@a\", $$@a$$, $x$@a$$@a$x$", "quoted text")]
    [InlineData("select 'it''s @a', E'\\'@a', e'x''@a' -- @a", "select 'it''s @a', E'\\'@a', e'x''@a' -- @a", "quotes inside quotes")]
    [InlineData("select /* @a /* @a */ @a */ @a", "select /* @a /* @a */ @a */ $1", "nested comments")]
    [InlineData("select a$b$, @a", "select a$b$, $1", "a dollar inside a word opens no quote")]
    [InlineData("select 'a;b' ;  ; -- end", "select 'a;b'    -- end", "only semicolons and comments may follow")]
    public void Parse_KnownNames_AreNumberedWhereTheyAreParameters(string sql, string expected, string because) =>
        SqlText.Parse(sql, Known).Text.ShouldBe(expected, because);

    [Theory]
    [InlineData("select 1; select 2")]
    [InlineData("select 1;/* x */delete from t")]
    [InlineData("select $a$;$a$; x")]
    public void Parse_SecondStatement_IsRefused(string sql) =>
        Should.Throw<NodeFailureException>(() => SqlText.Parse(sql, Known)).Message.ShouldContain("one statement");

    [Theory]
    [InlineData("")]
    [InlineData("  ; ")]
    public void Parse_NoText_IsRefused(string sql) =>
        Should.Throw<NodeFailureException>(() => SqlText.Parse(sql, Known)).Message.ShouldBe("The SQL text is empty.");

    [Fact]
    public void Parse_AnyTextWithoutSemicolonAndNames_StaysAsItIs()
    {
        const string Letters = "'\"$@:-/*\\eE ax_1\n[]>";
        var random = new Random(20261121);
        for (int round = 0; round < 20_000; round++)
        {
            string sql = "x" + new string([.. Enumerable.Range(0, random.Next(1, 30)).Select(_ => Letters[random.Next(Letters.Length)])]);
            SqlText.Parse(sql, known: null).Text.ShouldBe(sql);
        }
    }
}
