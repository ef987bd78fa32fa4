using Bulkhead.Conformance.Postgres;

namespace Bulkhead.Conformance.Tests.Norp;

public sealed class ConnInfoTests
{
    [Theory]
    [InlineData("postgresql://ann:p%40ss@db:6543/orders?sslmode=require")]
    [InlineData("host=db port=6543 user=ann password=p@ss dbname=orders sslmode=require")]
    [InlineData("Host=db;Port=6543;Username=ann;Password=p@ss;Database=orders;SSL Mode=Require")]
    public void Parse_EachForm_NamesTheSameServer(string text)
    {
        Npgsql.NpgsqlConnectionStringBuilder login = ConnInfo.Parse(text);
        (login.Host, login.Port, login.Username, login.Password, login.Database, login.SslMode)
            .ShouldBe(("db", 6543, "ann", "p@ss", "orders", Npgsql.SslMode.Require));
    }

    [Theory]
    [InlineData("hunter2")]
    [InlineData("password=hunter2 colour=red")]
    [InlineData("postgresql://:hunter2@:x/")]
    public void Parse_NoForm_IsRefusedWithoutRepeatingIt(string text) =>
        Should.Throw<ArgumentException>(() => ConnInfo.Parse(text)).Message.ShouldNotContain("hunter2");
}
