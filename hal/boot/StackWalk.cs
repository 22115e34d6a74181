namespace SharpProbe.Hal;

/// <summary>
/// Return addresses by the chain of frame pointers: every method that calls pushes r11 and lr last and points r11 at the pair.
/// The walk believes nothing: frames must lie in the stack and move up.
/// </summary>
public static unsafe class StackWalk
{
    /// <summary>Fills <paramref name="returns"/> from frame pointer <paramref name="frame"/> outwards; returns how many it found.</summary>
    public static uint Collect(uint frame, uint* returns, uint limit)
    {
        uint count = 0, low = LinkerSymbols.StackStart;
        while (count < limit && frame >= low && frame + 8 <= LinkerSymbols.StackEnd && (frame & 3) == 0)
        {
            returns[count++] = ((uint*)frame)[1] & ~1u;
            low = frame + 8;
            frame = *(uint*)frame;
        }
        return count;
    }
}
