namespace Bulkhead.Api.Templates;

/// <summary>Ends the parsing of an expression or template; never leaves this folder.</summary>
internal sealed class ExpressionFault(string message) : Exception(message);
