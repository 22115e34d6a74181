using System;
using System.Buffers.Binary;
using SharpProbe.Booting;
using SharpProbe.Flashing;
using SharpProbe.Io;

namespace SharpProbe.Dfu;

/// <summary>
/// DFU 1.1's state machine with ST's addresses (DfuSe, bcdDFU 0x011A: ST UM0424 and AN3156), without USB: requests come in the USB interrupt, and the work that they ask for is done by <see cref="Work"/> in the
/// main loop, after the host has read for how long it will be left alone (bwPollTimeout): the bus stalls while the flash is busy.
/// </summary>
public sealed class DfuEngine
{
    /// <summary>wTransferSize.</summary>
    public const int TransferSize = 2048;

    /// <summary>Bytes of the answer to GETSTATUS.</summary>
    public const int StatusSize = 6;

    private const ushort FirstBlock = 2;

    private readonly FlashDevice _flash;
    private readonly ImagePlace _place;
    private readonly ImageWriter _writer;
    private readonly bool _installed;
    private readonly byte[] _block = new byte[TransferSize];
    private readonly byte[] _text = new byte[StatusText.Capacity];
    private int _length, _textLength;
    private ushort _number;
    private uint _pointer;
    private DfuStatus _status;
    private volatile DfuState _state = DfuState.Idle;
    private volatile bool _pending, _working;

    /// <param name="installed">The application in flash may run: leaving without a download leads back to it.</param>
    public DfuEngine(FlashDevice flash, ImagePlace place, ImageWriter writer, ImageVerdict installed)
    {
        (_flash, _place, _writer, _installed) = (flash, place, writer, installed == ImageVerdict.Good);
        _pointer = place.Start;
        Say(installed == ImageVerdict.Good ? "waiting for an image"u8 : "no valid application: waiting for an image"u8);
    }

    public DfuState State => _state;

    public DfuStatus Status => _status;

    /// <summary>What <see cref="Status"/> means here, ASCII.</summary>
    public ReadOnlySpan<byte> Text => _text.AsSpan(0, _textLength);

    /// <summary>The host has read for how long: <see cref="Work"/> may begin as soon as it has the whole answer.</summary>
    public bool HasWork => _pending;

    /// <summary>The host let the device go: it may start the application.</summary>
    public bool Leaving => _state == DfuState.Manifest;

    /// <summary>The bus was reset, or the host chose a configuration anew.</summary>
    public void Reset()
    {
        if (_state == DfuState.Manifest) return;
        (_pending, _status, _state) = (false, DfuStatus.Ok, DfuState.Idle);
    }

    /// <summary>May this DNLOAD begin? False: it stalls, and the state is an error.</summary>
    public bool BeginDownload(ushort number, int length)
    {
        bool allowed = !_working && _state is DfuState.Idle or DfuState.DownloadIdle && length <= TransferSize && (length == 0 || number != 1);
        if (!allowed) return Stall();
        if (length == 0) _state = DfuState.ManifestSync;
        return true;
    }

    /// <summary>The data of a DNLOAD.</summary>
    public void Download(ushort number, ReadOnlySpan<byte> data)
    {
        data.CopyTo(_block);
        (_number, _length) = (number, data.Length);
        _state = DfuState.DownloadSync;
    }

    /// <summary>Answers an UPLOAD; -1: it stalls. A short answer ends the upload.</summary>
    public int Upload(ushort number, Span<byte> to)
    {
        if (_working || _state is not (DfuState.Idle or DfuState.UploadIdle) || number == 1 || to.Length > TransferSize)
        {
            Stall();
            return -1;
        }
        if (number == 0)
        {
            ReadOnlySpan<byte> commands = [DfuSeCommand.Get, DfuSeCommand.SetAddress, DfuSeCommand.Erase];
            int count = Math.Min(commands.Length, to.Length);
            commands[..count].CopyTo(to);
            _state = DfuState.Idle;
            return count;
        }
        ulong at = _pointer + (ulong)(uint)(number - FirstBlock) * TransferSize, end = (ulong)_flash.Base + _flash.Size;
        int length = at >= end ? 0 : (int)Math.Min((ulong)to.Length, end - at);
        if (length != 0 && !_flash.Read((uint)at, to[..length]))
        {
            Fail(DfuStatus.Verify, "the flash cannot be read (ECC) near "u8, (uint)at);
            return -1;
        }
        _state = length < to.Length ? DfuState.Idle : DfuState.UploadIdle;
        return length;
    }

    /// <summary>GETSTATUS (DFU 1.1, 6.1.2).</summary>
    /// <param name="text">Index of the string that holds <see cref="Text"/>.</param>
    public void WriteStatus(byte text, ref ByteWriter to)
    {
        uint wait = 0;
        if (_state == DfuState.DownloadSync)
        {
            wait = Milliseconds();
            _state = DfuState.DownloadBusy;
            _pending = true;
        }
        else if (_state == DfuState.DownloadBusy) wait = 1;
        else if (_state == DfuState.ManifestSync) EndDownload();
        to.Write((byte)_status);
        to.Write((byte)wait);
        to.Write((byte)(wait >> 8));
        to.Write((byte)(wait >> 16));
        to.Write((byte)_state);
        to.Write(text);
    }

    public bool ClearStatus()
    {
        if (_working) return Stall();
        _pending = false;
        _state = DfuState.Idle;
        _status = DfuStatus.Ok;
        return true;
    }

    public bool Abort()
    {
        if (_working || _state is DfuState.Error or DfuState.Manifest or DfuState.ManifestSync) return Stall();
        _pending = false;
        _state = DfuState.Idle;
        return true;
    }

    /// <summary>A request that has no place here.</summary>
    public bool Stall()
    {
        if (_working || _state == DfuState.Manifest) return false;
        _status = DfuStatus.StalledRequest;
        _state = DfuState.Error;
        Say("a request that has no place in this state"u8);
        return false;
    }

    /// <summary>Does what the last DNLOAD asked for: up to an erase and a block, in the main loop.</summary>
    public void Work()
    {
        if (!_pending) return;
        _working = true;
        _pending = false;
        DfuStatus status = _number == 0 ? Command(_block.AsSpan(0, _length)) : WriteBlock();
        _working = false;
        if (_state != DfuState.DownloadBusy) return;             // a bus reset meanwhile
        _status = status;
        _state = status == DfuStatus.Ok ? DfuState.DownloadIdle : DfuState.Error;
    }

    private ulong BlockAddress => _pointer + (ulong)(uint)(_number - FirstBlock) * TransferSize;

    private uint Milliseconds() => _number == 0 ? 1 : BlockAddress > uint.MaxValue ? 1 : _writer.Milliseconds((uint)BlockAddress, _length);

    private DfuStatus Command(ReadOnlySpan<byte> command)
    {
        bool hasAddress = command.Length == 5;
        uint address = hasAddress ? BinaryPrimitives.ReadUInt32LittleEndian(command[1..]) : 0;
        byte code = command.IsEmpty ? (byte)0xFF : command[0];
        if (code == DfuSeCommand.SetAddress && hasAddress)
        {
            if (_flash.SectorOf(address) < 0) return Failed(DfuStatus.Address, "no flash at "u8, address);
            _pointer = address;
            return DfuStatus.Ok;
        }
        if (code == DfuSeCommand.Erase && (hasAddress || command.Length == 1))
        {
            // Nothing yet: a sector is erased when the first piece for it comes, and the whole only after the image's header has been judged. A file for another board costs nothing.
            return !hasAddress || _place.Holds(address) ? DfuStatus.Ok : Failed(DfuStatus.Address, "not the application's: "u8, address);
        }
        return Failed(DfuStatus.Vendor, "not a command that is known here: "u8, code);
    }

    private DfuStatus WriteBlock()
    {
        ulong at = BlockAddress;
        uint address = (uint)at;
        WriteResult result = at > uint.MaxValue ? WriteResult.Outside : _writer.Write(address, _block.AsSpan(0, _length));
        if (result == WriteResult.Ok && !_writer.Complete) return DfuStatus.Ok;
        var text = new ByteWriter(_text);
        if (_writer.Complete && result == WriteResult.Ok) text.Write("image written and checked"u8);
        else StatusText.Write(result, _writer, _place, address, ref text);
        _textLength = text.Written.Length;
        return StatusText.Status(result, _writer.Verdict);
    }

    /// <summary>DNLOAD of no bytes: the end of the file, and leave.</summary>
    private void EndDownload()
    {
        if (_writer.Complete || _installed && !_writer.Begun)
        {
            _state = DfuState.Manifest;
            return;
        }
        if (_writer.Unfinished)
        {
            var text = new ByteWriter(_text);
            text.Write("the file ends too early: "u8);
            text.WriteDecimal(_writer.Received);
            text.Write(" of "u8);
            text.WriteDecimal(_writer.Header.Length);
            text.Write(" bytes"u8);
            (_textLength, _status, _state) = (text.Written.Length, DfuStatus.NotDone, DfuState.Error);
            return;
        }
        _status = DfuStatus.Firmware;
        _state = DfuState.Error;
        Say("no valid application to start"u8);
    }

    private void Fail(DfuStatus status, ReadOnlySpan<byte> text, uint address)
    {
        _status = Failed(status, text, address);
        _state = DfuState.Error;
    }

    private DfuStatus Failed(DfuStatus status, ReadOnlySpan<byte> text, uint address)
    {
        var to = new ByteWriter(_text);
        to.Write(text);
        to.WriteAddress(address);
        _textLength = to.Written.Length;
        return status;
    }

    private void Say(ReadOnlySpan<byte> text)
    {
        var to = new ByteWriter(_text);
        to.Write(text);
        _textLength = to.Written.Length;
    }
}
