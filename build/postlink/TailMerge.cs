namespace SharpProbe.Build.PostLink;

/// <summary>
/// Where two ways to a function's end, or to one place in it, have the same instructions last, one of them branches into the other: RyuJIT writes an epilogue for every return.
/// </summary>
sealed class TailMerge
{
    /// <summary>A branch takes this much, if its target is near.</summary>
    private const int BranchSize = 2;

    private readonly Function _function;
    private readonly Flow _flow;

    private TailMerge(Function function)
    {
        _function = function;
        _flow = new Flow(function);
    }

    /// <returns>Bytes that went.</returns>
    public static int Apply(Function function)
    {
        TailMerge merge = new(function);
        merge.NameWhatIsLeft();
        int saved = 0;
        for (int before = -1; saved != before;)
        {
            before = saved;
            for (int place = 0; place < function.Items.Count; place++) saved += merge.MergeAt(place);
            saved += merge.DropUnreached();
        }
        return saved;
    }

    /// <summary>Branches to what was removed name what comes after it: that may move.</summary>
    private void NameWhatIsLeft()
    {
        foreach (CodeItem item in _function.Items.Where(item => item.Kind is CodeKind.Branch))
        {
            int place = _flow.PlaceOf(item.Target);
            if (_function.Items[place].Kind == CodeKind.Removed && _flow.Next(place) is int next && next < _function.Items.Count) Lead(item, _function.Items[next]);
        }
    }

    /// <summary>The longest tail that ends at this place and stands elsewhere too becomes a branch.</summary>
    private int MergeAt(int place)
    {
        CodeItem end = _function.Items[place];
        if (!Flow.Ends(end)) return 0;
        List<(CodeItem Mine, CodeItem Other)> longest = [];
        int saved = 0;
        for (int other = 0; other < _function.Items.Count; other++)
            if (other != place && AreSame(end, _function.Items[other])) Keep([(end, _function.Items[other]), .. Before(place, other)]);
        if (end.Kind == CodeKind.Branch && _flow.PlaceOf(end.Target) is int target && target != place) Keep([(end, _function.Items[target]), .. Before(place, target)]);
        if (saved > 0) Merge(end, longest);
        return saved;

        void Keep(List<(CodeItem Mine, CodeItem Other)> tail)
        {
            int gain = tail.Sum(pair => Size(pair.Mine)) - BranchSize;
            if (gain > saved) (longest, saved) = (tail, gain);
        }
    }

    /// <summary>Pairs of equal items before two places, the last first.</summary>
    private IEnumerable<(CodeItem, CodeItem)> Before(int place, int other)
    {
        int mineEnd = place, otherEnd = other;
        while (true)
        {
            (place, other) = (_flow.Previous(place), _flow.Previous(other));
            if (place < 0 || other < 0 || place == otherEnd || other == mineEnd || place == other) yield break;
            CodeItem mine = _function.Items[place];
            if (Flow.Ends(mine) || !AreSame(mine, _function.Items[other])) yield break;
            yield return (mine, _function.Items[other]);
        }
    }

    private void Merge(CodeItem end, List<(CodeItem Mine, CodeItem Other)> tail)
    {
        Dictionary<uint, CodeItem> moved = tail.ToDictionary(pair => pair.Mine.OldOffset, pair => pair.Other);
        foreach (CodeItem branch in _function.Items.Where(item => item.Kind == CodeKind.Branch))
            if (moved.TryGetValue(branch.Target, out CodeItem? other)) Lead(branch, other);
        foreach ((CodeItem mine, _) in tail) mine.Kind = CodeKind.Removed;
        (end.Kind, end.Condition, end.Symbol) = (CodeKind.Branch, CodeItem.Always, null);
        Lead(end, tail[^1].Other);
    }

    /// <summary>What stands behind a way out and is no branch's target, and branches to what follows anyway.</summary>
    private int DropUnreached()
    {
        HashSet<uint> targets = _function.Items.Where(item => item.Kind == CodeKind.Branch).Select(item => item.Target).ToHashSet();
        int saved = 0;
        for (int place = 0; place < _function.Items.Count; place = _flow.Next(place))
        {
            CodeItem item = _function.Items[place];
            int next = _flow.Next(place);
            if (item.Kind == CodeKind.Branch && _flow.PlaceOf(item.Target) == next) saved += Drop(item);
            else if (Flow.Ends(item))
                for (; next < _function.Items.Count && !targets.Contains(_function.Items[next].OldOffset); next = _flow.Next(next)) saved += Drop(_function.Items[next]);
        }
        return saved;
    }

    private static int Drop(CodeItem item)
    {
        int size = Size(item);
        item.Kind = CodeKind.Removed;
        return size;
    }

    private static void Lead(CodeItem branch, CodeItem target)
    {
        branch.Target = target.OldOffset;
        target.IsLabel = true;
    }

    private static bool AreSame(CodeItem item, CodeItem other) => item.Kind == other.Kind && item.Kind != CodeKind.Removed && item.Symbol == other.Symbol && item.Target == other.Target
        && item.Condition == other.Condition && (item.Kind is not (CodeKind.Plain or CodeKind.CompareBranch) || item.HalfWords.AsSpan().SequenceEqual(other.HalfWords))
        && (item.Kind is not (CodeKind.Address or CodeKind.Constant) || item.Register == other.Register);

    private static int Size(CodeItem item) => item.Kind switch
    {
        CodeKind.Branch or CodeKind.CompareBranch => BranchSize,
        CodeKind.Call or CodeKind.Jump => 4,
        CodeKind.Address or CodeKind.Constant => 8,
        _ => item.HalfWords.Length * 2,
    };
}
