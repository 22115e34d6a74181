using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace SharpProbe.Build.Compile;

/// <summary>Features that the text alone shows.</summary>
sealed class SyntaxFeatures(List<Diagnostic> found) : CSharpSyntaxWalker
{
    public override void VisitThrowStatement(ThrowStatementSyntax node) => Report(Feature.Throw, node.ThrowKeyword, () => base.VisitThrowStatement(node));

    public override void VisitThrowExpression(ThrowExpressionSyntax node) => Report(Feature.Throw, node.ThrowKeyword, () => base.VisitThrowExpression(node));

    public override void VisitCatchClause(CatchClauseSyntax node) => Report(Feature.Catch, node.CatchKeyword, () => base.VisitCatchClause(node));

    public override void VisitLockStatement(LockStatementSyntax node) => Report(Feature.Lock, node.LockKeyword, () => base.VisitLockStatement(node));

    public override void VisitAwaitExpression(AwaitExpressionSyntax node) => Report(Feature.Async, node.AwaitKeyword, () => base.VisitAwaitExpression(node));

    public override void VisitYieldStatement(YieldStatementSyntax node) => Report(Feature.Iterator, node.YieldKeyword, () => base.VisitYieldStatement(node));

    public override void VisitQueryExpression(QueryExpressionSyntax node) => Report(Feature.Query, node.FromClause.FromKeyword, () => base.VisitQueryExpression(node));

    public override void VisitTypeOfExpression(TypeOfExpressionSyntax node) => Report(Feature.TypeOf, node.Keyword, () => base.VisitTypeOfExpression(node));

    public override void VisitDestructorDeclaration(DestructorDeclarationSyntax node) => Report(Feature.Finalizer, node.TildeToken, () => base.VisitDestructorDeclaration(node));

    public override void VisitEventFieldDeclaration(EventFieldDeclarationSyntax node) => Report(Feature.Event, node.EventKeyword, () => base.VisitEventFieldDeclaration(node));

    public override void VisitArrayRankSpecifier(ArrayRankSpecifierSyntax node)
    {
        if (node.Rank > 1) Report(Feature.MultiArray, node.OpenBracketToken, () => { });
        base.VisitArrayRankSpecifier(node);
    }

    public override void VisitMethodDeclaration(MethodDeclarationSyntax node)
    {
        SyntaxToken async = node.Modifiers.FirstOrDefault(token => token.IsKind(SyntaxKind.AsyncKeyword));
        if (async != default) Report(Feature.Async, async, () => { });
        bool isVirtual = node.Modifiers.Any(token => token.Kind() is SyntaxKind.VirtualKeyword or SyntaxKind.AbstractKeyword) && !node.Modifiers.Any(SyntaxKind.StaticKeyword);
        if (isVirtual && node.TypeParameterList != null) Report(Feature.GenericVirtual, node.Identifier, () => { });
        base.VisitMethodDeclaration(node);
    }

    public override void VisitParenthesizedLambdaExpression(ParenthesizedLambdaExpressionSyntax node)
    {
        if (node.AsyncKeyword != default) Report(Feature.Async, node.AsyncKeyword, () => { });
        base.VisitParenthesizedLambdaExpression(node);
    }

    public override void VisitAttribute(AttributeSyntax node)
    {
        if (node.Name.ToString() is "ThreadStatic" or "System.ThreadStatic") Report(Feature.ThreadStatic, node.Name.GetFirstToken(), () => { });
        base.VisitAttribute(node);
    }

    public override void VisitIdentifierName(IdentifierNameSyntax node)
    {
        if (node.Identifier.Text == "dynamic" && node.Parent is VariableDeclarationSyntax or ParameterSyntax or MethodDeclarationSyntax or CastExpressionSyntax) Report(Feature.Dynamic, node.Identifier, () => { });
        base.VisitIdentifierName(node);
    }

    public override void VisitPredefinedType(PredefinedTypeSyntax node)
    {
        if (node.Keyword.IsKind(SyntaxKind.DecimalKeyword)) found.Add(Diagnostic.Create(Feature.Number, node.Keyword.GetLocation(), "decimal"));
        base.VisitPredefinedType(node);
    }

    private void Report(DiagnosticDescriptor feature, SyntaxToken at, Action inside)
    {
        found.Add(Diagnostic.Create(feature, at.GetLocation()));
        inside();
    }
}
