namespace Bulkhead.Api.Templates;

/// <summary>What an expression is written for; decides how missing fields and truth behave in its Lua text.</summary>
public enum ExpressionUse
{
    /// <summary>A template in <c>with:</c>: the native value; an unknown name is an error at run time.</summary>
    Value,

    /// <summary>A condition: always true or false by the language's rule of truth; a missing field is false.</summary>
    Condition,

    /// <summary>A value that is compared with texts (<c>targets</c>) or listed (<c>items</c>); a missing field is nil.</summary>
    Match,
}
