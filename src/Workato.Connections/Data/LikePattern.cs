using System.Linq.Expressions;

namespace Workato.Connections.Data;

/// <summary>Builds "contains this text" for LIKE, in which the text's own wildcards are letters.</summary>
internal static class LikePattern
{
    public const string Escape = "\\";

    public static Expression<Func<T, bool>> Build<T>(
        Expression<Func<T, string>> text, string part, Expression<Func<string, string, bool>> like)
    {
        var pattern = "%" + part.Replace(Escape, Escape + Escape, StringComparison.Ordinal)
            .Replace("%", Escape + "%", StringComparison.Ordinal)
            .Replace("_", Escape + "_", StringComparison.Ordinal) + "%";

        // A closure field rather than a constant, so that EF makes it a parameter and compiles the query once.
        Expression<Func<string>> parameter = () => pattern;
        var withText = new Replace(like.Parameters[0], text.Body).Visit(like.Body);
        var body = new Replace(like.Parameters[1], parameter.Body).Visit(withText);
        return Expression.Lambda<Func<T, bool>>(body, text.Parameters);
    }

    private sealed class Replace(Expression from, Expression to) : ExpressionVisitor
    {
        [return: System.Diagnostics.CodeAnalysis.NotNullIfNotNull(nameof(node))]
        public override Expression? Visit(Expression? node) => node == from ? to : base.Visit(node);
    }
}
