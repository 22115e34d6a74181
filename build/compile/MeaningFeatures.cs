using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace SharpProbe.Build.Compile;

/// <summary>Features that only the meaning shows: what a name is bound to, and the type of a value.</summary>
sealed class MeaningFeatures(SemanticModel model, List<Diagnostic> found) : CSharpSyntaxWalker
{
    private const int LargestStackAlloc = 4096;

    public override void VisitInvocationExpression(InvocationExpressionSyntax node)
    {
        if (model.GetOperation(node) is IInvocationOperation call)
        {
            CheckReceiver(call.TargetMethod, call.Instance, node);
        }
        else if (node.Expression is MemberAccessExpressionSyntax { Name: IdentifierNameSyntax name } && model.GetSymbolInfo(node) is { Symbol: null, CandidateSymbols.Length: 0 })
        {
            CheckInherited(name.Identifier.Text, node);
        }
        base.VisitInvocationExpression(node);
    }

    public override void VisitMemberAccessExpression(MemberAccessExpressionSyntax node)
    {
        switch (model.GetOperation(node))
        {
            case IPropertyReferenceOperation property: CheckReceiver(property.Property, property.Instance, node); break;
            case IMethodReferenceOperation method when IsDispatched(method.Method, method.Instance): Report(Feature.InterfaceDelegate, node); break;
        }
        base.VisitMemberAccessExpression(node);
    }

    public override void VisitElementAccessExpression(ElementAccessExpressionSyntax node)
    {
        if (model.GetOperation(node) is IPropertyReferenceOperation indexer) CheckReceiver(indexer.Property, indexer.Instance, node);
        base.VisitElementAccessExpression(node);
    }

    public override void VisitForEachStatement(ForEachStatementSyntax node)
    {
        TypeInfo collection = model.GetTypeInfo(node.Expression);
        if (collection.Type is { } type and not IArrayTypeSymbol && type.SpecialType != SpecialType.System_String && type.TypeKind != TypeKind.Error)
        {
            ITypeSymbol? enumerator = model.GetForEachStatementInfo(node).GetEnumeratorMethod?.ReturnType;
            bool isSpan = type.ContainingNamespace?.ToString() == "System" && type.Name is "Span" or "ReadOnlySpan";
            if (!isSpan && enumerator is not { IsValueType: true }) Report(Feature.Enumerable, node.Expression, type.Name);
        }
        base.VisitForEachStatement(node);
    }

    public override void VisitInterpolatedStringExpression(InterpolatedStringExpressionSyntax node)
    {
        if (!model.GetConstantValue(node).HasValue) Report(Feature.Interpolation, node);
        base.VisitInterpolatedStringExpression(node);
    }

    public override void VisitBinaryExpression(BinaryExpressionSyntax node)
    {
        // "text" + number calls ToString.
        if (node.IsKind(SyntaxKind.AddExpression) && model.GetTypeInfo(node).Type?.SpecialType == SpecialType.System_String && !model.GetConstantValue(node).HasValue)
        {
            foreach (ExpressionSyntax side in new[] { node.Left, node.Right })
            {
                if (model.GetTypeInfo(side).Type is { } type && type.SpecialType != SpecialType.System_String && !model.GetConstantValue(side).HasValue) Report(Feature.Interpolation, side);
            }
        }
        base.VisitBinaryExpression(node);
    }

    public override void VisitStackAllocArrayCreationExpression(StackAllocArrayCreationExpressionSyntax node)
    {
        if (node.Type is ArrayTypeSyntax { RankSpecifiers: [{ Sizes: [{ } size] }] } array && model.GetConstantValue(size) is { HasValue: true, Value: int count })
        {
            int bytes = count * SizeOf(model.GetTypeInfo(array.ElementType).Type);
            if (bytes > LargestStackAlloc) Report(Feature.StackAlloc, node, bytes);
        }
        base.VisitStackAllocArrayCreationExpression(node);
    }

    public override void VisitAssignmentExpression(AssignmentExpressionSyntax node)
    {
        bool combines = node.Kind() is SyntaxKind.AddAssignmentExpression or SyntaxKind.SubtractAssignmentExpression;
        if (combines && model.GetTypeInfo(node.Left).Type is { TypeKind: TypeKind.Delegate }) Report(Feature.Event, node);
        base.VisitAssignmentExpression(node);
    }

    public override void VisitIdentifierName(IdentifierNameSyntax node)
    {
        if (node.Identifier.Text is "Half" or "Int128" or "UInt128" or "BigInteger" && model.GetSymbolInfo(node).Symbol is null or INamedTypeSymbol { TypeKind: TypeKind.Error } && node.Parent is not MemberAccessExpressionSyntax)
        {
            Report(Feature.Number, node, node.Identifier.Text);
        }
        base.VisitIdentifierName(node);
    }

    private void CheckReceiver(ISymbol member, IOperation? instance, SyntaxNode node)
    {
        if (IsDispatched(member, instance)) Report(Feature.InterfaceCall, node, member.ContainingType.Name);
    }

    /// <summary>
    /// A member of an interface whose receiver is a reference at run time: an interface-typed value, or a type parameter that is not constrained to structs
    /// (code of such a parameter is shared among reference types).
    /// </summary>
    private static bool IsDispatched(ISymbol member, IOperation? instance)
    {
        if (member.ContainingType is not { TypeKind: TypeKind.Interface } || member.IsStatic) return false;
        return instance?.Type switch
        {
            ITypeParameterSymbol parameter => !parameter.HasValueTypeConstraint && !parameter.HasUnmanagedTypeConstraint,
            null => false,
            _ => true,
        };
    }

    /// <summary>What .NET's System.Object has and the core library's has not.</summary>
    private void CheckInherited(string name, SyntaxNode node)
    {
        if (name == "GetType") Report(Feature.TypeOf, node);
        else if (name is "ToString" or "GetHashCode" or "Equals") Report(Feature.Inherited, node, name);
    }

    private static int SizeOf(ITypeSymbol? type) => type?.SpecialType switch
    {
        SpecialType.System_Byte or SpecialType.System_SByte or SpecialType.System_Boolean => 1,
        SpecialType.System_Int16 or SpecialType.System_UInt16 or SpecialType.System_Char => 2,
        SpecialType.System_Int64 or SpecialType.System_UInt64 or SpecialType.System_Double => 8,
        _ => 4,
    };

    private void Report(DiagnosticDescriptor feature, SyntaxNode at, params object[] arguments) => found.Add(Diagnostic.Create(feature, at.GetLocation(), arguments));
}
