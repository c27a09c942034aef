package dev.pgoperator.model;

import com.fasterxml.jackson.core.Base64Variant;
import com.fasterxml.jackson.core.ErrorReportConfiguration;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamWriteConstraints;
import com.fasterxml.jackson.core.base.GeneratorBase;
import com.fasterxml.jackson.core.io.ContentReference;
import com.fasterxml.jackson.core.io.IOContext;
import com.fasterxml.jackson.core.util.BufferRecycler;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Builds a tree while an object is being serialized. {@link ObjectMapper#valueToTree} writes all
 * tokens into a buffer first and reads them again, which costs as much again as the serialization.
 */
final class JsonTree extends GeneratorBase {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  /** For recycled buffers, which a tree does not use. */
  private static final IOContext CONTEXT =
      new IOContext(
          StreamReadConstraints.defaults(),
          StreamWriteConstraints.defaults(),
          ErrorReportConfiguration.defaults(),
          new BufferRecycler(),
          ContentReference.unknown(),
          false);

  private final Deque<JsonNode> open = new ArrayDeque<>();
  private @Nullable JsonNode root;
  private String field = "";

  private JsonTree(ObjectMapper mapper) {
    super(JsonGenerator.Feature.collectDefaults(), mapper, CONTEXT);
  }

  static JsonNode of(ObjectMapper mapper, Object value) {
    JsonTree tree = new JsonTree(mapper);
    try {
      mapper.writeValue(tree, value);
    } catch (IOException impossible) {
      throw new UncheckedIOException("an object of the model is JSON", impossible);
    }
    JsonNode root = tree.root;
    return root == null ? NODES.nullNode() : root;
  }

  private void add(JsonNode node) {
    JsonNode parent = open.peek();
    switch (parent) {
      case null -> root = node;
      case ObjectNode object -> object.set(field, node);
      case ArrayNode array -> array.add(node);
      default -> throw new IllegalStateException("a value within a value");
    }
  }

  @Override
  public void writeStartObject() {
    // Most objects have few fields: a map of the usual size is mostly empty.
    ObjectNode node = new ObjectNode(NODES, new LinkedHashMap<>(4));
    add(node);
    open.push(node);
  }

  @Override
  public void writeStartObject(Object value) {
    writeStartObject();
  }

  @Override
  public void writeStartObject(Object value, int size) {
    writeStartObject();
  }

  @Override
  public void writeEndObject() {
    open.pop();
  }

  @Override
  public void writeStartArray() {
    ArrayNode node = NODES.arrayNode();
    add(node);
    open.push(node);
  }

  @Override
  public void writeStartArray(Object value) {
    writeStartArray();
  }

  @Override
  public void writeStartArray(Object value, int size) {
    writeStartArray();
  }

  @Override
  public void writeEndArray() {
    open.pop();
  }

  @Override
  public void writeFieldName(String name) {
    field = name;
  }

  @Override
  public void writeFieldName(SerializableString name) {
    field = name.getValue();
  }

  @Override
  public void writeString(@Nullable String text) {
    add(text == null ? NODES.nullNode() : NODES.textNode(text));
  }

  @Override
  public void writeString(char[] buffer, int offset, int length) {
    writeString(new String(buffer, offset, length));
  }

  @Override
  public void writeNumber(int value) {
    add(NODES.numberNode(value));
  }

  @Override
  public void writeNumber(long value) {
    add(NODES.numberNode(value));
  }

  @Override
  public void writeNumber(BigInteger value) {
    add(NODES.numberNode(value));
  }

  @Override
  public void writeNumber(double value) {
    add(NODES.numberNode(value));
  }

  @Override
  public void writeNumber(float value) {
    add(NODES.numberNode(value));
  }

  @Override
  public void writeNumber(BigDecimal value) {
    add(NODES.numberNode(value));
  }

  @Override
  public void writeNumber(String encoded) {
    add(NODES.numberNode(new BigDecimal(encoded)));
  }

  @Override
  public void writeBoolean(boolean value) {
    add(NODES.booleanNode(value));
  }

  @Override
  public void writeNull() {
    add(NODES.nullNode());
  }

  @Override
  public void writeBinary(Base64Variant variant, byte[] data, int offset, int length) {
    byte[] part = new byte[length];
    System.arraycopy(data, offset, part, 0, length);
    add(NODES.binaryNode(part));
  }

  @Override
  public void writeRawUTF8String(byte[] buffer, int offset, int length) {
    throw raw();
  }

  @Override
  public void writeUTF8String(byte[] buffer, int offset, int length) {
    throw raw();
  }

  @Override
  public void writeRaw(String text) {
    throw raw();
  }

  @Override
  public void writeRaw(String text, int offset, int length) {
    throw raw();
  }

  @Override
  public void writeRaw(char[] text, int offset, int length) {
    throw raw();
  }

  @Override
  public void writeRaw(char character) {
    throw raw();
  }

  private static IllegalStateException raw() {
    return new IllegalStateException("no object of the model holds raw JSON");
  }

  @Override
  public void writeTree(com.fasterxml.jackson.core.TreeNode node) {
    add((JsonNode) node);
  }

  @Override
  public void flush() {}

  @Override
  protected void _releaseBuffers() {}

  @Override
  protected void _verifyValueWrite(String what) {}
}
