namespace SharpProbe.Sim.Usb;

/// <summary>A transaction that is on the line now.</summary>
/// <param name="Known">An IN whose length was known before: it occupies the line for all of its time.</param>
internal sealed record UsbTransaction(UsbPipe Pipe, UsbTransfer Transfer, UsbToken Token, ReadOnlyMemory<byte> Data, bool Data1, ulong Duration, bool Known);
