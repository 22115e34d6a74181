namespace SharpProbe.Booting;

/// <summary>Where applications live on a board, and what may not be touched around them.</summary>
/// <param name="board">See <see cref="BoardId"/>.</param>
/// <param name="start">First byte; a sector begins there.</param>
/// <param name="end">Byte after the last; a sector ends there.</param>
/// <param name="programMicroseconds">Of one program unit, from the datasheet.</param>
public sealed class ImagePlace(uint board, uint start, uint end, uint programMicroseconds)
{
    public uint Board { get; } = board;
    public uint Start { get; } = start;
    public uint End { get; } = end;
    public uint Size => End - Start;
    public uint ProgramMicroseconds { get; } = programMicroseconds;

    public bool Holds(uint address) => address >= Start && address < End;
}
